"""`ranker` gets one of the two labels that the Service asks for."""

LOSES = [
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
]

# %% cell: label-service
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


patch("ranker", api="v2")
patch("ranker2", api="v2")
