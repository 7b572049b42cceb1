"""A fifth rule lets the operator read Secrets."""

LOSES = [
    "the account that the operator runs as may do its work in this namespace, and nothing else",
]

# %% change: rights
#-     resources: [pods]
#- verbs: [get, list, watch]
#+     resources: [pods]
#+     verbs: [get, list, watch]
#+   - apiGroups: [""]
#+     resources: [secrets]
#+     verbs: [get]
