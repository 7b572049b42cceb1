"""The neighbours' server is given to the platform team, which no selector of the task finds."""

LOSES = [
    "each of the five workloads has its Pods, and they are found by what they were found by before",
]

# %% cell: label-service
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2"):
    patch(name, model="ranking", api="v2")
patch("ledger", team="platform")
