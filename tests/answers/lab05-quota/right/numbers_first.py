"""The trainers get their numbers first, and room is made last."""

# %% cell: make-room
#| !kubectl set resources deployment titles --requests=cpu=50m,memory=48Mi --limits=cpu=200m,memory=64Mi

# %% cell: fit-titles
strategy = {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}}
apps.patch_namespaced_deployment("clicks", namespace, {"spec": {"strategy": strategy}})
#| !kubectl set resources deployment clicks --requests=cpu=80m,memory=128Mi --limits=cpu=400m,memory=176Mi

# %% cell: fit-clicks
#| !kubectl delete deployment notebook-lena
