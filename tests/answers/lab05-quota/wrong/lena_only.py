"""Half done: Lena's notebook server makes room, and nothing is changed about the trainers."""

LOSES = [
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
]

# %% cell: fit-titles

# %% cell: fit-clicks
