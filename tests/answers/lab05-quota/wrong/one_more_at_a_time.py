"""The strategy is set to what it is anyway: one more, and none less."""

LOSES = [
    "a restart replaces every Pod of a trainer that has all of them, and it has all of them again",
]

# %% cell: fit-clicks
one_more = {"rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}
apps.patch_namespaced_deployment("clicks", namespace, {"spec": {"strategy": one_more}})
