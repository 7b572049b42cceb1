"""The canary is kept from the pager by having no tier, and its track stays as it was."""

# %% cell: label-pager
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


patch("ranker", tier="serving")
patch("bidder", tier="gateway")
