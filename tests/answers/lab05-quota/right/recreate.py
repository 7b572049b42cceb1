"""`clicks` keeps its numbers, and all its Pods are stopped before new ones are started."""

# %% cell: fit-clicks
recreate = {"spec": {"strategy": {"type": "Recreate", "rollingUpdate": None}}}
apps.patch_namespaced_deployment("clicks", namespace, recreate)
