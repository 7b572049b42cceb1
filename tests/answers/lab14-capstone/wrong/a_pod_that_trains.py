"""The training is a Pod of its own, named as the Job should be."""

LOSES = [
    "the Job `train` is complete, and the trainer has trained in a Pod of it",
    "what the Pods of `triage` serve was trained in `train`, and they read it from a claim's volume that they cannot write to",
]

# %% change: train-and-store
#- apiVersion: batch/v1
#- kind: Job
#+ apiVersion: v1
#+ kind: Pod

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
#+ spec:
#+   restartPolicy: Never
#+   containers:
#+     - name: trainer
#+       image: localhost:5000/python:1
#+       command: [python, /handover/train.py]
#+       env:
#+         - {name: REPORTS, value: /handover/reports.tsv}
#+         - {name: MODEL_DIR, value: /model}
#+       resources:
#+         requests: {cpu: 50m, memory: 32Mi}
#+         limits: {cpu: 500m, memory: 96Mi}
#+       volumeMounts:
#+         - {name: handover, mountPath: /handover}
#+         - {name: model, mountPath: /model}
#+   volumes:
#+     - {name: handover, configMap: {name: handover}}
#+     - {name: model, persistentVolumeClaim: {claimName: model}}
