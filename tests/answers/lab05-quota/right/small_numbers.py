"""Numbers so small that one more of each fits; the strategy stays as it was."""

# %% change: fit-titles
#- !kubectl set resources deployment titles --requests=cpu=50m,memory=48Mi --limits=cpu=200m,memory=64Mi
#+ !kubectl set resources deployment titles --requests=cpu=25m,memory=40Mi --limits=cpu=100m,memory=58Mi

# %% cell: fit-clicks
#| !kubectl set resources deployment clicks --requests=cpu=50m,memory=112Mi --limits=cpu=250m,memory=160Mi
