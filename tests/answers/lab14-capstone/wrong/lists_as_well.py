"""The usual verbs for looking: the scheduler sees all Jobs."""

LOSES = [
    "`retrainer` may create Jobs and look one up, and nothing else",
]

# %% change: guard
#- verbs: [create, get]
#+ verbs: [create, get, list, watch]
