"""The trainers are handed over, and it is left at that."""

LOSES = [
    "`clicks` has as many ready Pods as it asks for, two or more, and they train",
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
    "the quota is as it was set, and nothing but the trainers waits for room in it",
    "every Pod of the trainers holds all of its examples and runs the program that was handed over",
    "every Pod of the trainers comes through an evaluation",
    "a restart replaces every Pod of a trainer that has all of them, and it has all of them again",
]

# %% cell: make-room


# %% cell: fit-titles


# %% cell: fit-clicks
