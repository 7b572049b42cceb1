"""The DaskCluster is written by Dask's own generator, in a Pod."""

# %% cell: cluster
#| import json
#|
#| import yaml
#|
needs = json.dumps({"requests": {"cpu": "50m", "memory": "96Mi"}, "limits": {"memory": "200Mi"}})
written = ["dask", "kubernetes", "gen", "cluster", "--name=sweep", f"--image={images}/dask:1", "--n-workers=2"]
pod = {
    "metadata": {"name": "writes"},
    "spec": {
        "restartPolicy": "Never",
        "containers": [
            {
                "name": "writes",
                "image": f"{images}/dask:1",
                "command": [*written, f"--resources={needs}", "--worker-command=dask-worker --no-nanny --nthreads 1"],
                "resources": {"limits": {"memory": "200Mi"}, "requests": {"memory": "96Mi"}},
            }
        ],
    },
}
core.create_namespaced_pod(namespace, pod)
#| !kubectl wait --for=jsonpath='{{.status.phase}}'=Succeeded pod/writes --timeout=60s
#| !kubectl logs writes > wish.yaml
wish = yaml.safe_load(Path("wish.yaml").read_text())
wish["metadata"]["labels"] = {"team": "forecast"}
custom.create_namespaced_custom_object("kubernetes.dask.org", "v1", namespace, "daskclusters", wish)
#| !kubectl wait --for=create deployment/sweep-scheduler --timeout=40s
#| !kubectl rollout status deployment/sweep-scheduler --timeout=60s
