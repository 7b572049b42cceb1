"""Events are thrown in, to see why a worker does not start."""

LOSES = [
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
]

# %% change: notebook-role
#-   verbs: [get]
#+   verbs: [get]
#+ - apiGroups: [""]
#+   resources: [events]
#+   verbs: [get, list, watch]
