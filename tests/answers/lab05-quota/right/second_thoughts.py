"""Some numbers do not fit at first, one change is undone, and things of no harm are left about."""

# %% cell: fit-titles
#| !kubectl set resources deployment titles --requests=cpu=50m,memory=48Mi --limits=cpu=200m,memory=600Mi
#| !kubectl set resources deployment titles --requests=cpu=50m,memory=48Mi --limits=cpu=200m,memory=64Mi

# %% before: fit-clicks
#| !kubectl set resources deployment clicks --requests=cpu=80m,memory=96Mi --limits=cpu=400m,memory=96Mi
#| !kubectl rollout undo deployment/clicks

# %% after: fit-clicks
#| !kubectl create deployment later --image={images}/python:1 --replicas=0
#| !kubectl create configmap notes --from-literal=titles=64Mi
#| !kubectl label deployment clicks titles team=search
