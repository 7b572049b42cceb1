"""“One in five” is read as one to five: five of version 2 and one of version 4; and the canary's labels are a copy of eta's, track: stable included."""

LOSES = [
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
    "version 4 is kept by a Deployment of its own, and neither selector finds the other's Pods",
]

# %% cell: ship-version-2
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: eta
#| spec:
#|   replicas: 5
#|   strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
#|   selector:
#|     matchLabels: {app: eta, track: stable}
#|   template:
#|     metadata:
#|       labels: {app: eta, track: stable}
#|     spec:
#|       containers:
#|         - name: server
#|           image: localhost:5000/python:1
#|           command: [python, /programs/eta.py]
#|           env:
#|             - {name: VERSION, value: "2"}
#|           readinessProbe:
#|             httpGet: {path: /readyz, port: 8080}
#|             periodSeconds: 1
#|             timeoutSeconds: 5
#|           lifecycle:
#|             preStop: {sleep: {seconds: 5}}
#|           resources:
#|             requests: {cpu: 10m, memory: 24Mi}
#|             limits: {cpu: 500m, memory: 64Mi}
#|           volumeMounts:
#|             - {name: programs, mountPath: /programs}
#|       volumes:
#|         - {name: programs, configMap: {name: programs}}

# %% cell: roll-back
#| !kubectl rollout status deployment/eta --timeout=90s
#| !kubectl set env deployment/eta VERSION=3
#| !kubectl rollout status deployment/eta --timeout=10s
#| !kubectl rollout undo deployment/eta
#| !kubectl rollout status deployment/eta --timeout=90s

# %% cell: canary
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: eta-canary
#| spec:
#|   replicas: 1
#|   strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
#|   selector:
#|     matchLabels: {app: eta, track: stable}
#|   template:
#|     metadata:
#|       labels: {app: eta, track: stable}
#|     spec:
#|       containers:
#|         - name: server
#|           image: localhost:5000/python:1
#|           command: [python, /programs/eta.py]
#|           env:
#|             - {name: VERSION, value: "4"}
#|           readinessProbe:
#|             httpGet: {path: /readyz, port: 8080}
#|             periodSeconds: 1
#|             timeoutSeconds: 5
#|           lifecycle:
#|             preStop: {sleep: {seconds: 5}}
#|           resources:
#|             requests: {cpu: 10m, memory: 24Mi}
#|             limits: {cpu: 500m, memory: 64Mi}
#|           volumeMounts:
#|             - {name: programs, mountPath: /programs}
#|       volumes:
#|         - {name: programs, configMap: {name: programs}}
