"""400 cores are asked for `clicks` where 400 thousandths were meant."""

LOSES = [
    "`clicks` has as many ready Pods as it asks for, two or more, and they train",
]

# %% change: fit-clicks
#- !kubectl set resources deployment clicks --requests=cpu=80m,memory=128Mi --limits=cpu=400m,memory=176Mi
#+ !kubectl set resources deployment clicks --requests=cpu=80m,memory=128Mi --limits=cpu=400,memory=176Mi
