"""Half a gigabyte was meant for `clicks`, and half a million bytes are written."""

LOSES = [
    "`clicks` has as many ready Pods as it asks for, two or more, and they train",
]

# %% change: fit-clicks
#- !kubectl set resources deployment clicks --requests=cpu=80m,memory=128Mi --limits=cpu=400m,memory=176Mi
#+ !kubectl set resources deployment clicks --requests=cpu=80m,memory=0.5M --limits=cpu=400m,memory=0.5M
