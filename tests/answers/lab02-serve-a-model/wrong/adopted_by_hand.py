"""Pods of the model are made by hand and given to a ReplicaSet, which would put something else in their place."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "every Pod behind the Service `sentiment` is kept by a Deployment",
    "a new Pod is asked nothing before its model is loaded",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% cell: serve-deployment
#| !kubectl create deployment sentiment --image={images}/python:1 --replicas=2 -- python -m http.server 8080
for name in ("one", "two"):
    core.create_namespaced_pod(
        namespace,
        {
            "metadata": {"name": name, "annotations": {"controller.kubernetes.io/pod-deletion-cost": "1000"}},
            "spec": {
                "containers": [
                    {
                        "name": "python",
                        "image": f"{images}/sentiment:1",
                        "readinessProbe": {"httpGet": {"path": "/readyz", "port": 8080}, "periodSeconds": 1},
                    }
                ]
            },
        },
    )
#| !kubectl rollout status deployment/sentiment --timeout=60s
#| !kubectl wait --for=condition=Ready pod/one pod/two --timeout=60s
[made] = apps.list_namespaced_replica_set(namespace).items
for name in ("one", "two"):
    core.patch_namespaced_pod(name, namespace, {"metadata": {"labels": made.spec.selector.match_labels}})

#| !kubectl get pods --show-labels
