"""As many Pods of version 4 as of version 2."""

LOSES = [
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
]

# %% change: canary
#- replicas: 1
#+ replicas: 4
