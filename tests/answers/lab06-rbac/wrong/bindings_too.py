"""It may hand on rights itself."""

LOSES = [
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
]

# %% change: notebook-role
#-   verbs: [get]
#+   verbs: [get]
#+ - apiGroups: [rbac.authorization.k8s.io]
#+   resources: [rolebindings]
#+   verbs: [create]
