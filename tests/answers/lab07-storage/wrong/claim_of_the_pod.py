"""Made anew with an ephemeral volume, whose claim is bound and belongs to the Pod."""

LOSES = [
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
    "the claims that trainers mount stay when what keeps the trainers is deleted",
]

# %% cell: storage-claim

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
#|         - name: checkpoints
#|           ephemeral:
#|             volumeClaimTemplate:
#|               spec:
#|                 accessModes: [ReadWriteOnce]
#|                 resources:
#|                   requests: {storage: 16Mi}
