"""The notebook may look a Pod up by its name and watch them all, and may not list them."""

LOSES = [
    "`notebook` may see its workers: look one up, list them, watch them",
]

# %% change: notebook-role
#- verbs: [create, get, list, watch, delete]
#+ verbs: [create, get, watch, delete]
