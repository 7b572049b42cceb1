"""It may ask what others may do."""

LOSES = [
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
]

# %% change: notebook-role
#-   verbs: [get]
#+   verbs: [get]
#+ - apiGroups: [authorization.k8s.io]
#+   resources: [localsubjectaccessreviews]
#+   verbs: [create]
