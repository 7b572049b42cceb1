"""Pods of the model are made by hand and given to a ReplicaSet whose template says the same, for a node that there is not."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "every Pod behind the Service `sentiment` is kept by a Deployment",
    "a new Pod is asked nothing before its model is loaded",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% cell: serve-deployment
containers = [
    {
        "name": "server",
        "image": f"{images}/sentiment:1",
        "readinessProbe": {"httpGet": {"path": "/readyz", "port": 8080}, "periodSeconds": 1},
    }
]
for name in ("one", "two"):
    core.create_namespaced_pod(namespace, {"metadata": {"name": name}, "spec": {"containers": containers}})
#| !kubectl wait --for=condition=Ready pod/one pod/two --timeout=60s
labels = {"app": "sentiment"}
apps.create_namespaced_deployment(
    namespace,
    {
        "metadata": {"name": "sentiment"},
        "spec": {
            "replicas": 2,
            "selector": {"matchLabels": labels},
            "template": {
                "metadata": {"labels": labels},
                "spec": {"containers": containers, "nodeSelector": {"example.org/there": "is-none"}},
            },
        },
    },
)
#| !kubectl wait --for=jsonpath={.status.replicas}=2 deployment/sentiment --timeout=60s
[made] = apps.list_namespaced_replica_set(namespace).items
for name in ("one", "two"):
    core.patch_namespaced_pod(name, namespace, {"metadata": {"labels": made.spec.selector.match_labels}})
#| !kubectl wait --for=jsonpath={.status.readyReplicas}=2 deployment/sentiment --timeout=60s
