"""The quota in the way is to be deleted, which is refused; then nothing is said of `titles`."""

LOSES = [
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
]

# %% cell: fit-titles
#| !kubectl delete quota allowance
