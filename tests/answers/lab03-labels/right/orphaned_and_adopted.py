"""Each Deployment is deleted without its Pods and made anew with the labels, and takes over what was left."""

# %% cell: label-teams
told = {
    "ranker": {"team": "search", "tier": "gateway", "model": "ranking", "api": "v2"},
    "ranker2": {"team": "search", "tier": "gateway", "track": "canary", "api": "v2"},
    "rescore": {"team": "search"},
    "bidder": {"team": "ads", "tier": "gateway"},
}
for name, labels in told.items():
    spec = apps.read_namespaced_deployment(name, namespace).spec
    spec.template.metadata.labels |= labels
#|     !kubectl delete deployment {name} --cascade=orphan
    apps.create_namespaced_deployment(namespace, {"metadata": {"name": name}, "spec": spec})

# %% cell: label-pager

# %% cell: label-service
