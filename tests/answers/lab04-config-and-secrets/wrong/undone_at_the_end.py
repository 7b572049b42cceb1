"""All is right, and then the last revision, the one with the token, is undone."""

LOSES = [
    "the feature store accepts the token of every Pod behind the Service `scorer`",
    "a new Pod asks the feature store with the token that its Secret holds then",
]

# %% before: give-path
#| !kubectl set env deployment/scorer DEBUG-

# %% after: give-path
#| !kubectl rollout status deployment/scorer --timeout=120s

# %% cell: clear-sight
#| !kubectl rollout status deployment/scorer --timeout=120s
#| !kubectl rollout undo deployment/scorer
