"""Deployments are thrown in, for the day when a worker becomes a service."""

LOSES = [
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
]

# %% change: notebook-role
#-   verbs: [get]
#+   verbs: [get]
#+ - apiGroups: [apps]
#+   resources: [deployments]
#+   verbs: [create, get, list, watch, delete]
