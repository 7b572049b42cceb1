"""`clicks` keeps the numbers that it brought; an old one goes before a new one comes."""

# %% change: fit-clicks
#- !kubectl set resources deployment clicks --requests=cpu=80m,memory=128Mi --limits=cpu=400m,memory=176Mi
