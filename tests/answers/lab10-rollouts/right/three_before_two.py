"""In another order: the very first rollout is version 3, which does not come up, and then version 2 is shipped in its place; a Service of the learner's own and a Deployment without Pods are left lying about."""

# %% cell: ship-version-2
apps.patch_namespaced_deployment("eta", namespace, {"spec": {
    "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}},
    "template": {"spec": {"containers": [{
        "name": "server",
        "env": [{"name": "VERSION", "value": "3"}],
        "readinessProbe": {"httpGet": {"path": "/readyz"}},
        "lifecycle": {"preStop": {"sleep": {"seconds": 5}}},
    }]}},
}})
#| !kubectl rollout status deployment/eta --timeout=12s
#| !kubectl logs deployment/checkout --tail=3

# %% cell: roll-back
#| !kubectl set env deployment/eta -c server VERSION=2
#| !kubectl annotate deployment/eta kubernetes.io/change-cause="version 2, after 3 did not come up"
#| !kubectl rollout status deployment/eta --timeout=120s
#| !kubectl rollout history deployment/eta

# %% cell: canary
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: eta-v4
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
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: eta-v3
#| spec:
#|   replicas: 0
#|   strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
#|   selector:
#|     matchLabels: {app: eta, track: away}
#|   template:
#|     metadata:
#|       labels: {app: eta, track: away}
#|     spec:
#|       containers:
#|         - name: server
#|           image: localhost:5000/python:1
#|           command: [python, /programs/eta.py]
#|           env:
#|             - {name: VERSION, value: "3"}
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
#| ---
#| apiVersion: v1
#| kind: Service
#| metadata:
#|   name: eta-v4
#| spec:
#|   selector: {track: canary}
#|   ports:
#|     - {port: 80, targetPort: 8080}
