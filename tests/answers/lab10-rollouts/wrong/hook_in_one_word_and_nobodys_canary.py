"""The hook is one word, [sleep 5], which cannot be run; and the canary's Deployment is deleted in the end with --cascade=orphan, “so that nobody rolls it out”: its Pod stays, and answers."""

LOSES = [
    "version 4 is kept by a Deployment of its own, and neither selector finds the other's Pods",
    "whoever asks while `eta` replaces its Pods gets an answer",
]

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
#|             preStop: {exec: {command: [sleep 5]}}
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
import subprocess

MANIFEST = """
apiVersion: apps/v1
kind: Deployment
metadata:
  name: eta-canary
spec:
  replicas: 1
  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  selector:
    matchLabels: {app: eta, track: canary}
  template:
    metadata:
      labels: {app: eta, track: canary}
    spec:
      containers:
        - name: server
          image: localhost:5000/python:1
          command: [python, /programs/eta.py]
          env:
            - {name: VERSION, value: "4"}
          readinessProbe:
            httpGet: {path: /readyz, port: 8080}
            periodSeconds: 1
            timeoutSeconds: 5
          lifecycle:
            preStop: {sleep: {seconds: 5}}
          resources:
            requests: {cpu: 10m, memory: 24Mi}
            limits: {cpu: 500m, memory: 64Mi}
          volumeMounts:
            - {name: programs, mountPath: /programs}
      volumes:
        - {name: programs, configMap: {name: programs}}
"""
done = subprocess.run(
    ["kubectl", "apply", "-f", "-"], input=MANIFEST.replace("localhost:5000", images), text=True, capture_output=True
)
print(done.stdout, done.stderr)
#| !kubectl rollout status deployment/eta-canary --timeout=60s
#| !kubectl delete deployment eta-canary --cascade=orphan
#| !kubectl get pods -l app=eta -L track
