"""Requests far below the limits: little is booked, and the peak is allowed."""

# %% change: fit-titles
#- !kubectl set resources deployment titles --requests=cpu=50m,memory=48Mi --limits=cpu=200m,memory=64Mi
#+ !kubectl set resources deployment titles --requests=cpu=5m,memory=16Mi --limits=cpu=500m,memory=80Mi

# %% change: fit-clicks
#- !kubectl set resources deployment clicks --requests=cpu=80m,memory=128Mi --limits=cpu=400m,memory=176Mi
#+ !kubectl set resources deployment clicks --requests=cpu=5m,memory=16Mi --limits=cpu=800m,memory=200Mi
