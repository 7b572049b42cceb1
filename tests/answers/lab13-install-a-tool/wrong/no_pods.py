"""The rule about Pods is left out, since the operator makes none."""

LOSES = [
    "the account that the operator runs as may do its work in this namespace, and nothing else",
]

# %% change: rights
#- - apiGroups: [""]
#- resources: [pods]
#- verbs: [get, list, watch]
