"""A StatefulSet of another name says itself that the claims of its template are to stay."""

# %% cell: storage-claim

# %% cell: storage-mount
#| !kubectl delete deployment trainer

# %% cell: storage-rollout
#| %%apply
#| apiVersion: apps/v1
#| kind: StatefulSet
#| metadata: {name: run}
#| spec:
#|   replicas: 1
#|   serviceName: run
#|   persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain, whenScaled: Retain}
#|   volumeClaimTemplates:
#|     - metadata: {name: checkpoints}
#|       spec:
#|         accessModes: [ReadWriteOnce]
#|         resources:
#|           requests: {storage: 8Mi}
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
