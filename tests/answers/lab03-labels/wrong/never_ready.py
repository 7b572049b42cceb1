"""The change of `bidder` also has a probe of another port: the new Pod is never ready, and the old one stays."""

LOSES = [
    "`team=ads` finds every Pod of `bidder`, and no other",
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
]

# %% cell: label-teams
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2", "rescore"):
    patch(name, team="search")
asked = {"name": "bidder", "readinessProbe": {"tcpSocket": {"port": 8001}, "periodSeconds": 1}}
newer = {"metadata": {"labels": {"team": "ads"}}, "spec": {"containers": [asked]}}
apps.patch_namespaced_deployment("bidder", namespace, {"spec": {"template": newer}})
