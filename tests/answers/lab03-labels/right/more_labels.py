"""Every workload also gets the labels that Kubernetes recommends, and some that nobody asks for."""

# %% cell: label-teams
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name, team in {"ranker": "search", "ranker2": "search", "rescore": "search", "bidder": "ads"}.items():
    recommended = {"app.kubernetes.io/name": name, "app.kubernetes.io/part-of": team, "cost-centre": "4711"}
    patch(name, **{"team": team, "Team": None, **recommended})
patch("rescore", track="canary", tier="batch")
