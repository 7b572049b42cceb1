"""`clicks` is given a sixth of its examples, and numbers that suffice for these."""

LOSES = [
    "every Pod of the trainers holds all of its examples and runs the program that was handed over",
]

# %% change: fit-clicks
#- !kubectl set resources deployment clicks --requests=cpu=80m,memory=128Mi --limits=cpu=400m,memory=176Mi
#+ !kubectl set env deployment/clicks EXAMPLES_MIB=16
#+ !kubectl set resources deployment clicks --requests=cpu=50m,memory=40Mi --limits=cpu=200m,memory=64Mi
