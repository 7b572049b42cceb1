"""A Pod that has ended and one that never starts carry the labels as well, and count nowhere."""

# %% cell: label-teams
def labels(name, **more):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": more}}}})

for name in ("ranker", "ranker2", "rescore"):
    labels(name, team="search")
labels("bidder", team="ads")

# %% cell: label-pager
labels("ranker", tier="serving")
labels("bidder", tier="gateway")
labels("ranker2", tier="serving", track="canary")

# %% cell: label-service
#| labels("ranker", model="ranking", api="v2")
#| labels("ranker2", api="v2")
#| image = images + "/python:1"
#|
#| # a question of my own about the network, which carries finance's labels and has ended; and one whose image does not exist
#| !kubectl run survey --image={image} --restart=Never --labels=team=search,tier=serving --command -- python -c "print('seen')"
#| !kubectl wait pod/survey --for=jsonpath='{{.status.phase}}'=Succeeded --timeout=120s
#| !kubectl run later --image={image}-not-there --labels=model=ranking,api=v2,app=later
