"""A Pod that was to try the Secret has printed it, and is still there."""

LOSES = [
    "the token is in no log of a Pod",
]

# %% after: clear-sight
pod = {
    "metadata": {"name": "try"},
    "spec": {
        "restartPolicy": "Never",
        "containers": [
            {
                "name": "try",
                "image": f"{images}/python:1",
                "command": ["python", "-c", "import os; print('the token is', os.environ['token'])"],
                "envFrom": [{"secretRef": {"name": "feature-store"}}],
            }
        ],
    },
}
core.create_namespaced_pod(namespace, pod)
#| !kubectl wait pod/try --for=jsonpath='{{.status.phase}}'=Succeeded --timeout=90s
