"""With the labels in place somebody saves a copy of `ranker`."""

LOSES = [
    "each of the five workloads has its Pods, and they are found by what they were found by before",
]

# %% cell: label-service
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2"):
    patch(name, model="ranking", api="v2")
#| !kubectl scale deployment ranker --replicas=1
