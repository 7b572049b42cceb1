"""The scheduler may do whatever it likes with Jobs."""

LOSES = [
    "`retrainer` may create Jobs and look one up, and nothing else",
]

# %% change: guard
#- verbs: [create, get]
#+ verbs: [create, get, list, watch, update, patch, delete, deletecollection]
