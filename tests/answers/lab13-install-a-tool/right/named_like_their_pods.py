"""The workers register under the names of their Pods; the sweep is a Job that was cut from a CronJob."""

# %% change: cluster
#-           command: [dask, worker, --name, $(DASK_WORKER_NAME), --no-nanny, --nthreads, "1"]
#+           env:
#+             - name: ME
#+               valueFrom: {fieldRef: {fieldPath: metadata.name}}
#+           command: [dask, worker, --name, $(ME), --no-nanny, --nthreads, "1"]

# %% cell: compute
Path("evenings.yaml").write_text("""\
apiVersion: v1
kind: ConfigMap
metadata:
  name: where
data:
  SCHEDULER: tcp://sweep-scheduler:8786
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: every-evening
spec:
  schedule: "0 20 * * *"
  suspend: true
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          automountServiceAccountToken: false
          containers:
            - name: sweep
              image: localhost:5000/dask:1
              command: [python3, /in/sweep.py]
              envFrom:
                - configMapRef: {name: where}
              resources:
                requests: {cpu: 50m, memory: 96Mi}
                limits: {memory: 160Mi}
              volumeMounts:
                - {name: in, mountPath: /in, readOnly: true}
          volumes:
            - name: in
              projected:
                sources:
                  - configMap: {name: handover}
""")
#| %apply evenings.yaml
#| !kubectl create job tonight --from=cronjob/every-evening
#| !kubectl wait --for=condition=complete job/tonight --timeout=150s
#| !kubectl logs job/tonight --tail=1 > result.json
#| !kubectl create configmap result --from-file=result.json
