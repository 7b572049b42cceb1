"""The rule about Services is left out: it comes as far as the scheduler."""

LOSES = [
    "the account that the operator runs as may do its work in this namespace, and nothing else",
    "the operator has made a scheduler and workers of the DaskCluster `sweep`",
    "`sweep` has two workers, and both are registered with its scheduler",
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
    "scaled to three, `sweep` has three workers registered with its scheduler",
    "each Pod of the operator, the scheduler and the workers has the label `team=forecast`",
    "a worker whose Pod is deleted is replaced, and the next one registers",
]

# %% change: rights
#- - apiGroups: [""]
#- resources: [services]
#- verbs: [get, list, watch, create, delete, patch]

# %% change: compute
#- !kubectl wait --for=condition=complete job/sweep --timeout=150s
#+ !kubectl wait --for=condition=complete job/sweep --timeout=30s
