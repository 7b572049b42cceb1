"""The labels are put in all three places."""

# %% cell: label-service
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2"):
    patch(name, model="ranking", api="v2")
#| !kubectl wait --for=condition=Available deployment --all --timeout=90s
#| !kubectl label deployments ranker ranker2 rescore team=search
#| !kubectl label deployments ranker bidder tier=serving --overwrite
#| !kubectl label pods -l 'app in (ranker, ranker2, rescore)' team=search --overwrite
#| !kubectl label pods -l 'app in (ranker, ranker2)' api=v2 --overwrite
#| !kubectl annotate pods -l app=ranker team=ads
