"""`update` is given beside `patch`."""

LOSES = [
    "the account that the operator runs as may do its work in this namespace, and nothing else",
]

# %% change: rights
#- verbs: [get, list, watch, patch, create, delete]
#+ verbs: [get, list, watch, patch, create, delete, update]
