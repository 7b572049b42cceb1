"""The notebook is told of changes to Pods and may list them, and may not look one up by its name."""

LOSES = [
    "`notebook` may see its workers: look one up, list them, watch them",
]

# %% change: notebook-role
#- verbs: [create, get, list, watch, delete]
#+ verbs: [create, list, watch, delete]
