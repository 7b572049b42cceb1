"""The index comes from the Pod's annotation, through the downward API, and a Python program turns it into a rate."""

# %% cell: sweep
#| %%apply
#| apiVersion: v1
#| kind: ConfigMap
#| metadata:
#|   name: sweep
#| data:
#|   sweep.py: |
#|     import os, runpy
#|
#|     rates = [3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001]
#|     os.environ["LEARNING_RATE"] = str(rates[int(os.environ["NUMBER"])])
#|     runpy.run_path("/trainer/train.py", run_name="__main__")
#| ---
#| apiVersion: batch/v1
#| kind: Job
#| metadata:
#|   name: sweep
#| spec:
#|   completionMode: Indexed
#|   completions: 8
#|   parallelism: 3
#|   template:
#|     spec:
#|       restartPolicy: OnFailure
#|       containers:
#|         - name: trainer
#|           image: localhost:5000/python:1
#|           command: [python, /sweep/sweep.py]
#|           env:
#|             - name: NUMBER
#|               valueFrom:
#|                 fieldRef: {fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']"}
#|           volumeMounts:
#|             - {name: trainer, mountPath: /trainer}
#|             - {name: sweep, mountPath: /sweep}
#|       volumes:
#|         - {name: trainer, configMap: {name: trainer}}
#|         - {name: sweep, configMap: {name: sweep}}
