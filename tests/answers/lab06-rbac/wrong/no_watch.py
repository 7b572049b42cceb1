"""The notebook may list its workers, and not wait for them."""

LOSES = [
    "`notebook` may see its workers: look one up, list them, watch them",
]

# %% change: notebook-role
#- verbs: [create, get, list, watch, delete]
#+ verbs: [create, get, list, delete]
