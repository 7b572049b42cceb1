"""The limit of `clicks` is its examples' size and nothing for the program around them."""

LOSES = [
    "`clicks` has as many ready Pods as it asks for, two or more, and they train",
]

# %% change: fit-clicks
#- !kubectl set resources deployment clicks --requests=cpu=80m,memory=128Mi --limits=cpu=400m,memory=176Mi
#+ !kubectl set resources deployment clicks --requests=cpu=80m,memory=96Mi --limits=cpu=400m,memory=96Mi
