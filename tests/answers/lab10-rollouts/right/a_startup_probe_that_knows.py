"""The readiness probe goes on asking /healthz, and a startup probe asks /readyz first; back by setting version 2 once more, which is the same revision; the canary has one too."""

# %% cell: ship-version-2
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: eta
#| spec:
#|   replicas: 4
#|   progressDeadlineSeconds: 60
#|   strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 2, maxUnavailable: 0}}
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
#|           startupProbe:
#|             httpGet: {path: /readyz, port: 8080}
#|             periodSeconds: 1
#|             timeoutSeconds: 5
#|             failureThreshold: 120
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
#| !kubectl rollout status deployment/eta --timeout=12s
#| !kubectl set env deployment/eta VERSION=2
#| !kubectl rollout status deployment/eta --timeout=90s
#| !kubectl rollout history deployment/eta

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
#|     matchLabels: {app: eta, track: canary}
#|   template:
#|     metadata:
#|       labels: {app: eta, track: canary}
#|     spec:
#|       containers:
#|         - name: server
#|           image: localhost:5000/python:1
#|           command: [python, /programs/eta.py]
#|           env:
#|             - {name: VERSION, value: "4"}
#|           startupProbe:
#|             httpGet: {path: /readyz, port: 8080}
#|             periodSeconds: 1
#|             timeoutSeconds: 5
#|             failureThreshold: 120
#|           readinessProbe:
#|             httpGet: {path: /healthz, port: 8080}
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
