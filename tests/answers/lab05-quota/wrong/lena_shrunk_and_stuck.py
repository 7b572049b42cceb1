"""Lena's notebook server is shrunk to a little more than what is free beside it, so that nothing moves."""

LOSES = [
    "`clicks` has as many ready Pods as it asks for, two or more, and they train",
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
    "the quota is as it was set, and nothing but the trainers waits for room in it",
    "a restart replaces every Pod of a trainer that has all of them, and it has all of them again",
    "every Pod of the trainers holds all of its examples and runs the program that was handed over",
    "every Pod of the trainers comes through an evaluation",
]

# %% cell: make-room
#| !kubectl set resources deployment notebook-lena --requests=cpu=50m,memory=64Mi --limits=cpu=200m,memory=100Mi

# %% cell: fit-clicks
#| !kubectl set resources deployment clicks --requests=cpu=40m,memory=128Mi --limits=cpu=300m,memory=160Mi
