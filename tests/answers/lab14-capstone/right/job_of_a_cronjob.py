"""A CronJob that trains at night; the Job `train` was made from it by hand."""

# %% change: train-and-store
#- apiVersion: batch/v1
#- kind: Job
#- metadata:
#-   name: train
#-   labels: {app.kubernetes.io/part-of: triage}
#- spec:
#-   backoffLimit: 2
#-   template:
#-     metadata:
#-       labels: {app.kubernetes.io/part-of: triage}
#-     spec:
#-       restartPolicy: Never
#-       containers:
#-         - name: trainer
#-           image: localhost:5000/python:1
#-           command: [python, /handover/train.py]
#-           env:
#-             - {name: REPORTS, value: /handover/reports.tsv}
#-             - {name: MODEL_DIR, value: /model}
#-           resources:
#-             requests: {cpu: 50m, memory: 32Mi}
#-             limits: {cpu: 500m, memory: 96Mi}
#-           volumeMounts:
#-             - {name: handover, mountPath: /handover}
#-             - {name: model, mountPath: /model}
#-       volumes:
#-         - {name: handover, configMap: {name: handover}}
#-         - {name: model, persistentVolumeClaim: {claimName: model}}
#+ apiVersion: batch/v1
#+ kind: CronJob
#+ metadata:
#+   name: retrain
#+   labels: {app.kubernetes.io/part-of: triage}
#+ spec:
#+   schedule: "0 3 1 1 *"
#+   timeZone: Europe/Berlin
#+   jobTemplate:
#+     metadata:
#+       labels: {app.kubernetes.io/part-of: triage}
#+     spec:
#+       template:
#+         metadata:
#+           labels: {app.kubernetes.io/part-of: triage}
#+         spec:
#+           restartPolicy: Never
#+           containers:
#+             - name: trainer
#+               image: localhost:5000/python:1
#+               command: [python, /handover/train.py]
#+               env:
#+                 - {name: REPORTS, value: /handover/reports.tsv}
#+                 - {name: MODEL_DIR, value: /model}
#+               resources:
#+                 requests: {cpu: 50m, memory: 32Mi}
#+                 limits: {cpu: 500m, memory: 96Mi}
#+               volumeMounts:
#+                 - {name: handover, mountPath: /handover}
#+                 - {name: model, mountPath: /model}
#+           volumes:
#+             - {name: handover, configMap: {name: handover}}
#+             - {name: model, persistentVolumeClaim: {claimName: model}}

# %% after: train-and-store
#| !kubectl create job train --from=cronjob/retrain
