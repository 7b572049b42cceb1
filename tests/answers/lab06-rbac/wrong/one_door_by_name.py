"""Commands may be run in one Pod, by its name."""

LOSES = [
    "`notebook` may neither read Secrets nor step into a running Pod",
]

# %% change: notebook-role
#-   verbs: [get]
#+   verbs: [get]
#+ - apiGroups: [""]
#+   resources: [pods/exec]
#+   verbs: [create]
#+   resourceNames: [worker-0]
