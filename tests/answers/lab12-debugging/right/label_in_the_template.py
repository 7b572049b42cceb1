"""`lookup`'s Service stays as it is, and its Pods get the label that it looks for, in the template."""

# %% cell: repair-unreachable
labels = {"release": "stable"}
apps.patch_namespaced_deployment("lookup", namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})
