"""The probe goes on asking /healthz, and begins ten seconds after the container; the canary is made, let go (delete --cascade=orphan) and taken over by a Deployment of another name with the same template."""

# %% cell: ship-version-2
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: eta
#| spec:
#|   replicas: 4
#|   strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 50%, maxUnavailable: 0}}
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
#|             httpGet: {path: /healthz, port: 8080}
#|             periodSeconds: 1
#|             timeoutSeconds: 5
#|             initialDelaySeconds: 10
#|           lifecycle:
#|             preStop: {exec: {command: [python, -c, "import time; time.sleep(5)"]}}
#|           resources:
#|             requests: {cpu: 10m, memory: 24Mi}
#|             limits: {cpu: 500m, memory: 64Mi}
#|           volumeMounts:
#|             - {name: programs, mountPath: /programs}
#|       volumes:
#|         - {name: programs, configMap: {name: programs}}

# %% cell: roll-back
#| !kubectl rollout status deployment/eta --timeout=100s
#| !kubectl set env deployment/eta VERSION=3
#| !kubectl rollout status deployment/eta --timeout=6s
#| !kubectl rollout history deployment/eta
#| !kubectl rollout undo deployment/eta
#| !kubectl rollout status deployment/eta --timeout=100s

# %% cell: canary
import subprocess

MANIFEST = """
apiVersion: apps/v1
kind: Deployment
metadata:
  name: NAME
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
            httpGet: {path: /healthz, port: 8080}
            periodSeconds: 1
            timeoutSeconds: 5
            initialDelaySeconds: 10
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


def make(name):
    text = MANIFEST.replace("NAME", name).replace("localhost:5000", images)
    print(subprocess.run(["kubectl", "apply", "-f", "-"], input=text, text=True, capture_output=True))


make("eta-4")
#| !kubectl rollout status deployment/eta-4 --timeout=60s
# a better name for it, without a moment in which it is away
#| !kubectl delete deployment eta-4 --cascade=orphan
make("eta-for-some")
#| !kubectl rollout status deployment/eta-for-some --timeout=60s
#| !kubectl get deployments,replicasets
