"""Other Pods are about: one that has ended with the team's label, one of no team, one of another that serves nobody."""

# %% cell: label-teams
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name, team in {"ranker": "search", "ranker2": "search", "rescore": "search", "bidder": "ads"}.items():
    patch(name, team=team)
#| !kubectl run ended --image={images}/python:1 --restart=Never --labels=team=search,model=ranking,api=v2 -- python -c pass
#| !kubectl run scratch --image={images}/python:1 --labels=app=scratch -- python -c 'import time; time.sleep(10**6)'
#| done = "{.status.phase}=Succeeded"
#| !kubectl wait --for=jsonpath='{done}' pod/ended --timeout=60s
