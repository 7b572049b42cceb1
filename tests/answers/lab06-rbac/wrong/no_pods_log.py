"""A right on `pods` is taken to include their logs."""

LOSES = [
    "`notebook` may read the logs of its workers",
]

# %% change: notebook-role
#- - apiGroups: [""]
#-   resources: [pods/log]
#-   verbs: [get]
