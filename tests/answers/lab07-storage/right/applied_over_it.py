"""The whole manifest, by `kubectl apply` over the Deployment that was there, which takes its old strategy away."""

# %% cell: storage-mount
#| %%bash
#| kubectl apply -f - << END
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
#|           readinessProbe:
#|             httpGet: {path: /readyz, port: 8000}
#|             periodSeconds: 1
#|           resources:
#|             requests: {cpu: 20m, memory: 48Mi}
#|             limits: {cpu: 500m, memory: 128Mi}
#|           volumeMounts:
#|             - {name: program, mountPath: /programs}
#|             - {name: checkpoints, mountPath: /checkpoints}
#|       volumes:
#|         - {name: program, configMap: {name: trainer}}
#|         - {name: checkpoints, persistentVolumeClaim: {claimName: checkpoints}}
#| END

# %% cell: storage-rollout
