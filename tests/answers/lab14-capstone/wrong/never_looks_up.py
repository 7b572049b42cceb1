"""The scheduler may create Jobs, and never learn what became of them."""

LOSES = [
    "`retrainer` may create Jobs and look one up, and nothing else",
]

# %% change: guard
#- verbs: [create, get]
#+ verbs: [create]
