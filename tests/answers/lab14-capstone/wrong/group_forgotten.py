"""The Role names Jobs in the group of Pods."""

LOSES = [
    "`retrainer` may create Jobs and look one up, and nothing else",
]

# %% change: guard
#- - apiGroups: [batch]
#+ - apiGroups: [""]
