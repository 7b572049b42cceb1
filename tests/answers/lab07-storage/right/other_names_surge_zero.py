"""Made anew under other names and labels, by a rolling update with a surge of 0% and all of it unavailable."""

# %% change: storage-claim
#- "metadata": {"name": "checkpoints"},
#+ "metadata": {"name": "what-was-learnt"},

# %% cell: storage-mount
#| !kubectl delete deployment trainer

# %% cell: storage-rollout
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: nightly}
#| spec:
#|   replicas: 1
#|   strategy:
#|     rollingUpdate: {maxSurge: 0%, maxUnavailable: 100%}
#|   selector:
#|     matchLabels: {role: nightly}
#|   template:
#|     metadata:
#|       labels: {role: nightly}
#|     spec:
#|       terminationGracePeriodSeconds: 5
#|       containers:
#|         - name: trainer
#|           image: localhost:5000/python:1
#|           command: [python, /programs/train.py]
#|           env:
#|             - {name: CHECKPOINT_DIR, value: /data}
#|           readinessProbe:
#|             httpGet: {path: /readyz, port: 8000}
#|             periodSeconds: 1
#|           resources:
#|             requests: {cpu: 20m, memory: 48Mi}
#|             limits: {cpu: 500m, memory: 128Mi}
#|           volumeMounts:
#|             - {name: program, mountPath: /programs}
#|             - {name: disk, mountPath: /data}
#|       volumes:
#|         - {name: program, configMap: {name: trainer}}
#|         - {name: disk, persistentVolumeClaim: {claimName: what-was-learnt}}
