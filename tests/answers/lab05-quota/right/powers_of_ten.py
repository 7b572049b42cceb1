"""Memory in millions of bytes, some of them with an exponent."""

# %% change: fit-titles
#- !kubectl set resources deployment titles --requests=cpu=50m,memory=48Mi --limits=cpu=200m,memory=64Mi
#+ !kubectl set resources deployment titles --requests=cpu=50m,memory=48e6 --limits=cpu=200m,memory=64M

# %% change: fit-clicks
#- !kubectl set resources deployment clicks --requests=cpu=80m,memory=128Mi --limits=cpu=400m,memory=176Mi
#+ !kubectl set resources deployment clicks --requests=cpu=80m,memory=128000k --limits=cpu=400m,memory=18e7
