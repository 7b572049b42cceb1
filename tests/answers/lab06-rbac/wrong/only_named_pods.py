"""The rights hold for Pods of one name only."""

LOSES = [
    "`notebook` may start worker Pods and remove them",
    "`notebook` may see its workers: look one up, list them, watch them",
]

# %% change: notebook-role
#- verbs: [create, get, list, watch, delete]
#+ verbs: [create, get, list, watch, delete]
#+ resourceNames: [worker]
