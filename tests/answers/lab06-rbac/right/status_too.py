"""`pods/status` may be read: it shows the same Pod once more."""

# %% change: notebook-role
#-   verbs: [get]
#+   verbs: [get]
#+ - apiGroups: [""]
#+   resources: [pods/status]
#+   verbs: [get]
