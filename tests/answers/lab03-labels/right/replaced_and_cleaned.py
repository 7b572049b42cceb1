"""The Deployments are replaced whole, without what was tried before, and `track` is there and empty."""

# %% cell: label-teams
import json

told = {
    "ranker": {"team": "search", "tier": "serving", "track": "", "model": "ranking", "api": "v2"},
    "ranker2": {"team": "search", "tier": "serving", "track": "canary", "api": "v2"},
    "rescore": {"team": "search", "track": ""},
    "bidder": {"team": "ads", "tier": "serving", "track": ""},
}
for name, labels in told.items():
    whole = json.loads(apps.read_namespaced_deployment(name, namespace, _preload_content=False).data)
    template = whole["spec"]["template"]["metadata"]
    for each in (template, whole["metadata"]):
        (each.get("annotations") or {}).pop("team", None)
    (whole["metadata"].get("labels") or {}).pop("team", None)
    template["labels"].pop("Team", None)
    template["labels"] |= labels
    apps.replace_namespaced_deployment(name, namespace, whole)

# %% cell: label-pager

# %% cell: label-service
