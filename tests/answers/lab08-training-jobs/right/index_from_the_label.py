"""The index comes from the Pod's label, as a file; the rates are the lines of one text."""

# %% cell: sweep
#| %%apply
#| apiVersion: v1
#| kind: ConfigMap
#| metadata:
#|   name: rates
#| data:
#|   rates.txt: |
#|     0.001
#|     0.003
#|     0.01
#|     0.03
#|     0.1
#|     0.3
#|     1
#|     3
#| ---
#| apiVersion: batch/v1
#| kind: Job
#| metadata:
#|   name: sweep
#| spec:
#|   completionMode: Indexed
#|   completions: 8
#|   parallelism: 4
#|   template:
#|     spec:
#|       restartPolicy: Never
#|       containers:
#|         - name: trainer
#|           image: localhost:5000/python:1
#|           command:
#|             - sh
#|             - -ec
#|             - |
#|               line=$(( $(cat /pod/index) + 1 ))
#|               export LEARNING_RATE="$(head -n $line /rates/rates.txt | tail -n 1)"
#|               exec python /trainer/train.py
#|           volumeMounts:
#|             - {name: trainer, mountPath: /trainer}
#|             - {name: rates, mountPath: /rates}
#|             - {name: pod, mountPath: /pod}
#|       volumes:
#|         - {name: trainer, configMap: {name: trainer}}
#|         - {name: rates, configMap: {name: rates}}
#|         - name: pod
#|           downwardAPI:
#|             items:
#|               - path: index
#|                 fieldRef: {fieldPath: "metadata.labels['batch.kubernetes.io/job-completion-index']"}
