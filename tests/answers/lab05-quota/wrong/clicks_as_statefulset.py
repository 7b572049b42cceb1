"""`clicks` is made anew as a StatefulSet, whose two Pods train, and there is no Deployment of this name."""

LOSES = [
    "`clicks` has as many ready Pods as it asks for, two or more, and they train",
]

# %% cell: make-room
#| !kubectl delete deployment notebook-lena clicks --cascade=foreground

# %% cell: fit-clicks
#| %%apply
#| apiVersion: apps/v1
#| kind: StatefulSet
#| metadata: {name: clicks}
#| spec:
#|   replicas: 2
#|   serviceName: clicks
#|   podManagementPolicy: Parallel
#|   selector:
#|     matchLabels: {app: clicks}
#|   template:
#|     metadata:
#|       labels: {app: clicks}
#|     spec:
#|       terminationGracePeriodSeconds: 5
#|       containers:
#|         - name: trainer
#|           image: localhost:5000/python:1
#|           command: [python, /trainers/train.py]
#|           env:
#|             - {name: TRAINER, value: clicks}
#|             - {name: EXAMPLES_MIB, value: "96"}
#|           readinessProbe:
#|             httpGet: {path: /progress, port: 8000}
#|             periodSeconds: 1
#|             timeoutSeconds: 3
#|           resources:
#|             requests: {cpu: 30m, memory: 120Mi}
#|             limits: {cpu: 500m, memory: 160Mi}
#|           volumeMounts:
#|             - {name: trainers, mountPath: /trainers}
#|       volumes:
#|         - {name: trainers, configMap: {name: trainers}}
