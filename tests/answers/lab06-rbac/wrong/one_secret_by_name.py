"""One Secret, by its name, and no other."""

LOSES = [
    "`notebook` may neither read Secrets nor step into a running Pod",
]

# %% change: notebook-role
#-   verbs: [get]
#+   verbs: [get]
#+ - apiGroups: [""]
#+   resources: [secrets]
#+   verbs: [get]
#+   resourceNames: [registry-password]
