"""The account may read one ConfigMap as well, by its name, since the sweep runs as it."""

LOSES = [
    "the account that the operator runs as may do its work in this namespace, and nothing else",
]

# %% change: rights
#-     verbs: [get, list, watch]
#+     verbs: [get, list, watch]
#+   - apiGroups: [""]
#+     resources: [configmaps]
#+     resourceNames: [handover]
#+     verbs: [get]

# %% change: compute
#- restartPolicy: Never
#+ serviceAccountName: dask-operator
#+ restartPolicy: Never
