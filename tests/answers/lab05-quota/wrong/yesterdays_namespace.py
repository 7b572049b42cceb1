"""The namespace is typed in as it was called yesterday."""

LOSES = [
    "`clicks` has as many ready Pods as it asks for, two or more, and they train",
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
    "the quota is as it was set, and nothing but the trainers waits for room in it",
    "every Pod of the trainers holds all of its examples and runs the program that was handed over",
    "every Pod of the trainers comes through an evaluation",
    "a restart replaces every Pod of a trainer that has all of them, and it has all of them again",
]

# %% cell: make-room
#| !kubectl -n lab05-quota-you-b7c2d delete deployment notebook-lena

# %% cell: fit-titles
#| !kubectl -n lab05-quota-you-b7c2d set resources deployment titles --requests=cpu=50m --limits=cpu=200m,memory=64Mi

# %% cell: fit-clicks
#| !kubectl -n lab05-quota-you-b7c2d set resources deployment clicks --requests=cpu=80m --limits=cpu=400m,memory=176Mi
