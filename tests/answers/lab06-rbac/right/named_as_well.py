"""A Pod that may be read anyway is named in a rule of its own."""

# %% change: notebook-role
#-   verbs: [get]
#+   verbs: [get]
#+ - apiGroups: [""]
#+   resources: [pods]
#+   verbs: [get]
#+   resourceNames: [worker-0]
