"""The notebook may also run commands inside its workers."""

LOSES = [
    "`notebook` may neither read Secrets nor step into a running Pod",
]

# %% change: notebook-role
#-   verbs: [get]
#+   verbs: [get]
#+ - apiGroups: [""]
#+   resources: [pods/exec]
#+   verbs: [create]
