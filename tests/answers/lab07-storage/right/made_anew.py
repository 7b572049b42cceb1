"""Deleted and made anew under other names, with a claim applied from a file."""

# %% cell: storage-claim
#| %%writefile mine.yaml
#| apiVersion: v1
#| kind: PersistentVolumeClaim
#| metadata: {name: letters}
#| spec:
#|   accessModes: [ReadWriteMany]
#|   storageClassName: standard
#|   resources:
#|     requests: {storage: 8M}

# %% cell: storage-mount
#| %apply mine.yaml
#| !kubectl delete deployment,service trainer

# %% cell: storage-rollout
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: letters}
#| spec:
#|   replicas: 1
#|   strategy: {type: Recreate}
#|   selector:
#|     matchLabels: {app: letters}
#|   template:
#|     metadata:
#|       labels: {app: letters}
#|     spec:
#|       terminationGracePeriodSeconds: 5
#|       containers:
#|         - name: trainer
#|           image: localhost:5000/python:1
#|           command: [python, /programs/train.py]
#|           env:
#|             - {name: CHECKPOINT_DIR, value: /data/letters/run-7}
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
#|         - {name: disk, persistentVolumeClaim: {claimName: letters}}
