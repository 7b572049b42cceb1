"""Everything is made by the Python clients."""

# %% cell: train-and-store
labels = {"app.kubernetes.io/part-of": "triage"}
claim = {
    "metadata": {"name": "model-files", "labels": labels},
    "spec": {"accessModes": ["ReadWriteMany"], "resources": {"requests": {"storage": "4Mi"}}},
}
core.create_namespaced_persistent_volume_claim(namespace, claim)


def pod(command, env, mount, **more):
    container = {
        "name": "python",
        "image": f"{images}/python:1",
        "command": command,
        "env": env,
        "resources": {"requests": {"cpu": "10m", "memory": "32Mi"}, "limits": {"cpu": "300m", "memory": "64Mi"}},
        "volumeMounts": [{"name": "programs", "mountPath": "/programs"}, {"name": "files", **mount}],
        **more,
    }
    volumes = [
        {"name": "programs", "configMap": {"name": "handover"}},
        {"name": "files", "persistentVolumeClaim": {"claimName": "model-files"}},
    ]
    return {"containers": [container], "volumes": volumes}


told = [{"name": "REPORTS", "value": "/programs/reports.tsv"}, {"name": "MODEL_DIR", "value": "/out"}]
spec = pod(["python", "/programs/train.py"], told, {"mountPath": "/out"}) | {"restartPolicy": "OnFailure"}
job = {"metadata": {"name": "train", "labels": labels}, "spec": {"template": {"metadata": {"labels": labels}, "spec": spec}}}
batch.create_namespaced_job(namespace, job)

# %% cell: settings-and-token
import uuid

named = {"metadata": {"name": "triage", "labels": labels}}
core.create_namespaced_config_map(namespace, named | {"data": {"threshold": "1.5"}})
core.create_namespaced_secret(namespace, named | {"stringData": {"token": str(uuid.uuid4())}})

# %% cell: serve
told = [
    {"name": "MODEL", "value": "/in/model.json"},
    {"name": "THRESHOLD", "valueFrom": {"configMapKeyRef": {"name": "triage", "key": "threshold"}}},
    {"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "triage", "key": "token"}}},
]
probe = {"httpGet": {"path": "/readyz", "port": 8080}, "periodSeconds": 2, "timeoutSeconds": 5}
hook = {"preStop": {"sleep": {"seconds": 4}}}
spec = pod(
    ["python", "/programs/serve.py"], told, {"mountPath": "/in", "readOnly": True}, readinessProbe=probe, lifecycle=hook
)
selected = {"role": "server"}
deployment = named | {
    "spec": {
        "replicas": 3,
        "selector": {"matchLabels": selected},
        "strategy": {"rollingUpdate": {"maxUnavailable": 1, "maxSurge": 1}},
        "template": {"metadata": {"labels": labels | selected}, "spec": spec},
    }
}
apps.create_namespaced_deployment(namespace, deployment)
ports = [{"name": "web", "port": 80, "targetPort": 8080}]
core.create_namespaced_service(namespace, named | {"spec": {"selector": selected, "ports": ports}})

# %% cell: guard
named = {"metadata": {"name": "retrainer", "labels": labels}}
core.create_namespaced_service_account(namespace, named)
rule = {"apiGroups": ["batch"], "resources": ["jobs"], "verbs": ["get", "create"]}
rbac.create_namespaced_role(namespace, named | {"rules": [rule]})
whom = [{"kind": "ServiceAccount", "name": "retrainer", "namespace": namespace}]
what = {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "retrainer"}
rbac.create_namespaced_role_binding(namespace, named | {"subjects": whom, "roleRef": what})
