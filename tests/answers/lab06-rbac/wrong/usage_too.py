"""The usage of the workers, which another API group serves under the same name."""

LOSES = [
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
]

# %% change: notebook-role
#-   verbs: [get]
#+   verbs: [get]
#+ - apiGroups: [metrics.k8s.io]
#+   resources: [pods]
#+   verbs: [get, list]
