"""The old Pod goes before the new one comes, and the three that wait are deleted first."""

# %% before: place-finetune
#| !kubectl delete deployment amber birch cedar
strategy = {"type": "Recreate", "rollingUpdate": None}
apps.patch_namespaced_deployment("finetune", namespace, {"spec": {"strategy": strategy}})
