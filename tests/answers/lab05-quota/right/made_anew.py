"""Both trainers are deleted and made anew from one manifest, `titles` with three Pods."""

# %% after: make-room
#| !kubectl delete deployment clicks titles --cascade=foreground

# %% cell: fit-titles
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: clicks}
#| spec:
#|   replicas: 2
#|   strategy: {type: Recreate}
#|   selector: {matchLabels: {trainer: clicks}}
#|   template:
#|     metadata: {labels: {trainer: clicks}}
#|     spec:
#|       containers:
#|         - name: clicks
#|           image: localhost:5000/python:1
#|           command: [sh, -c, exec python /programs/train.py]
#|           env: [{name: TRAINER, value: clicks}, {name: EXAMPLES_MIB, value: "96"}]
#|           readinessProbe: {tcpSocket: {port: 8000}, periodSeconds: 1}
#|           resources: {requests: {cpu: 50m, memory: 112Mi}, limits: {cpu: 500m, memory: 192Mi}}
#|           volumeMounts: [{name: programs, mountPath: /programs}]
#|       volumes: [{name: programs, projected: {sources: [{configMap: {name: trainers}}]}}]
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: titles}
#| spec:
#|   replicas: 3
#|   strategy: {rollingUpdate: {maxSurge: 0}}
#|   selector: {matchLabels: {trainer: titles}}
#|   template:
#|     metadata: {labels: {trainer: titles}}
#|     spec:
#|       containers:
#|         - name: titles
#|           image: localhost:5000/python:1
#|           command: [python]
#|           args: [-u, /programs/train.py]
#|           env: [{name: TRAINER, value: titles}, {name: EXAMPLES_MIB, value: "24"}]
#|           resources: {requests: {cpu: 50m, memory: 44Mi}, limits: {cpu: 200m, memory: 64Mi}}
#|           volumeMounts: [{name: programs, mountPath: /programs}]
#|       volumes: [{name: programs, configMap: {name: trainers}}]

# %% cell: fit-clicks
