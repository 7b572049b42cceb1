"""The numbers of `clicks` are those of the table's row about training, and not of that about an evaluation."""

LOSES = [
    "every Pod of the trainers comes through an evaluation",
]

# %% change: fit-clicks
#- !kubectl set resources deployment clicks --requests=cpu=80m,memory=128Mi --limits=cpu=400m,memory=176Mi
#+ !kubectl set resources deployment clicks --requests=cpu=40m,memory=120Mi --limits=cpu=300m,memory=128Mi
