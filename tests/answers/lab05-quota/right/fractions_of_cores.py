"""Processors are written as fractions, and memory with fractions of a gigabyte."""

# %% change: fit-titles
#- !kubectl set resources deployment titles --requests=cpu=50m,memory=48Mi --limits=cpu=200m,memory=64Mi
#+ !kubectl set resources deployment titles --requests=cpu=0.05,memory=48Mi --limits=cpu=0.2,memory=0.0625Gi

# %% change: fit-clicks
#- !kubectl set resources deployment clicks --requests=cpu=80m,memory=128Mi --limits=cpu=400m,memory=176Mi
#+ !kubectl set resources deployment clicks --requests=cpu=0.08,memory=0.125Gi --limits=cpu=.4,memory=0.18G
