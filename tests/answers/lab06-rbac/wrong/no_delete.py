"""The workers are started and never removed."""

LOSES = [
    "`notebook` may start worker Pods and remove them",
]

# %% change: notebook-role
#- verbs: [create, get, list, watch, delete]
#+ verbs: [create, get, list, watch]
