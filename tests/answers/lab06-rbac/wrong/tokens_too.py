"""It may make a token for any account of the namespace."""

LOSES = [
    "`notebook` may neither read Secrets nor step into a running Pod",
]

# %% change: notebook-role
#-   verbs: [get]
#+   verbs: [get]
#+ - apiGroups: [""]
#+   resources: [serviceaccounts/token]
#+   verbs: [create]
