"""Pods are to be removed, and the verb is `delete`."""

LOSES = [
    "`notebook` may start worker Pods and remove them",
]

# %% change: notebook-role
#- verbs: [create, get, list, watch, delete]
#+ verbs: [create, get, list, watch, remove]
