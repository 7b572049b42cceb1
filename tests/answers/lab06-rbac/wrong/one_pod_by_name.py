"""One Pod, by its name, may be changed."""

LOSES = [
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
]

# %% change: notebook-role
#-   verbs: [get]
#+   verbs: [get]
#+ - apiGroups: [""]
#+   resources: [pods]
#+   verbs: [update]
#+   resourceNames: [worker-0]
