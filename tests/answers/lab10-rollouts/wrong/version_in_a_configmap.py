"""The version comes out of a ConfigMap, as in lab 04, and is changed there; and the canary's label is app: eta-canary, so that nobody asks it."""

LOSES = [
    "version 3 was a revision of `eta`, and its newest revision is version 2",
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
]

# %% cell: ship-version-2
core.create_namespaced_config_map(namespace, {
    "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "model"}, "data": {"version": "2"},
})
apps.patch_namespaced_deployment("eta", namespace, {"spec": {
    "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
    "template": {"spec": {"containers": [{
        "name": "server",
        "env": [{"name": "VERSION", "value": None, "valueFrom": {"configMapKeyRef": {"name": "model", "key": "version"}}}],
        "readinessProbe": {"httpGet": {"path": "/readyz"}},
        "lifecycle": {"preStop": {"sleep": {"seconds": 5}}},
    }]}},
}})
#| !kubectl rollout status deployment/eta --timeout=90s

# %% cell: roll-back
core.patch_namespaced_config_map("model", namespace, {"data": {"version": "3"}})
#| !kubectl rollout restart deployment/eta
#| !kubectl rollout status deployment/eta --timeout=10s
core.patch_namespaced_config_map("model", namespace, {"data": {"version": "2"}})
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
#|     matchLabels: {app: eta-canary}
#|   template:
#|     metadata:
#|       labels: {app: eta-canary}
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
