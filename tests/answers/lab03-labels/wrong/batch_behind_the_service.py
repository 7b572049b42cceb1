"""Everything of search's gets both labels of the Service, also what does not listen."""

LOSES = [
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
]

# %% cell: label-service
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2", "rescore"):
    patch(name, model="ranking", api="v2")
