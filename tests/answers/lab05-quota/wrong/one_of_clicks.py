"""`clicks` is scaled down to one Pod, which fits easily."""

LOSES = [
    "`clicks` has as many ready Pods as it asks for, two or more, and they train",
]

# %% after: fit-clicks
#| !kubectl scale deployment clicks --replicas=1
