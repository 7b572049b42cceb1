"""All of it with patches from the Python client."""

# %% cell: ship-version-2
def change(**container):
    template = {"spec": {"containers": [{"name": "server", **container}]}}
    apps.patch_namespaced_deployment("eta", namespace, {"spec": {"template": template}})


rolling = {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 2}}
apps.patch_namespaced_deployment("eta", namespace, {"spec": {"strategy": rolling}})
change(
    env=[{"name": "VERSION", "value": "2"}],
    readinessProbe={"httpGet": {"path": "/readyz", "port": 8080}, "periodSeconds": 1},
    lifecycle={"preStop": {"sleep": {"seconds": 5}}},
)
#| !kubectl rollout status deployment/eta --timeout=120s

# %% cell: roll-back
change(env=[{"name": "VERSION", "value": "3"}])
#| !kubectl rollout status deployment/eta --timeout=8s
change(env=[{"name": "VERSION", "value": "2"}])
#| !kubectl rollout status deployment/eta --timeout=60s

# %% cell: canary
eta = kubernetes.client.ApiClient().sanitize_for_serialization(apps.read_namespaced_deployment("eta", namespace))
template = eta["spec"]["template"]
template["metadata"] = {"labels": {"app": "eta", "track": "four", "owner": "ada"}}
template["spec"]["containers"][0]["env"] = [{"name": "VERSION", "value": "4"}]
four = {"replicas": 1, "selector": {"matchLabels": {"track": "four"}}, "template": template}
apps.create_namespaced_deployment(namespace, {"metadata": {"name": "four"}, "spec": four})
#| !kubectl rollout status deployment/four --timeout=60s
