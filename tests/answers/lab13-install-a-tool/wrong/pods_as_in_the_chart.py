"""The operator may make and delete Pods, as in the chart."""

LOSES = [
    "the account that the operator runs as may do its work in this namespace, and nothing else",
]

# %% change: rights
#- verbs: [get, list, watch]
#+ verbs: [get, list, watch, create, delete]
