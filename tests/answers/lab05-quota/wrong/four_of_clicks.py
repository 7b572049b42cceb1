"""Since `clicks` fits so well, four are asked for, of which three fit."""

LOSES = [
    "`clicks` has as many ready Pods as it asks for, two or more, and they train",
]

# %% after: fit-titles
one_after_the_other = {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}}
apps.patch_namespaced_deployment("titles", namespace, {"spec": {"strategy": one_after_the_other}})

# %% after: fit-clicks
#| !kubectl rollout status deployment/titles --timeout=60s
#| !kubectl rollout status deployment/clicks --timeout=60s
#| !kubectl scale deployment clicks --replicas=4
