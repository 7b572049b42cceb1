"""The limit of `clicks` is what it uses while it trains: the evaluation ends it."""

LOSES = [
    "every Pod of the trainers comes through an evaluation",
]

# %% change: fit-clicks
#- !kubectl set resources deployment clicks --requests=cpu=80m,memory=128Mi --limits=cpu=400m,memory=176Mi
#+ !kubectl set resources deployment clicks --requests=cpu=80m,memory=124Mi --limits=cpu=400m,memory=124Mi
