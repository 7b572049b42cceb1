"""ReplicaSets may be looked at."""

LOSES = [
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
]

# %% change: notebook-role
#-   verbs: [get]
#+   verbs: [get]
#+ - apiGroups: [apps]
#+   resources: [replicasets]
#+   verbs: [get]
