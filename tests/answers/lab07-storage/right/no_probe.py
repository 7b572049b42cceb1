"""Made anew without a readiness probe."""

# %% cell: storage-mount
#| !kubectl delete deployment trainer

# %% cell: storage-rollout
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: trainer}
#| spec:
#|   replicas: 1
#|   strategy: {type: Recreate}
#|   selector:
#|     matchLabels: {app: trainer}
#|   template:
#|     metadata:
#|       labels: {app: trainer}
#|     spec:
#|       terminationGracePeriodSeconds: 5
#|       containers:
#|         - name: trainer
#|           image: localhost:5000/python:1
#|           command: [python, /programs/train.py]
#|           env:
#|             - {name: CHECKPOINT_DIR, value: /checkpoints}
#|           resources:
#|             requests: {cpu: 20m, memory: 48Mi}
#|             limits: {cpu: 500m, memory: 128Mi}
#|           volumeMounts:
#|             - {name: program, mountPath: /programs}
#|             - {name: checkpoints, mountPath: /checkpoints}
#|       volumes:
#|         - {name: program, configMap: {name: trainer}}
#|         - {name: checkpoints, persistentVolumeClaim: {claimName: checkpoints}}
