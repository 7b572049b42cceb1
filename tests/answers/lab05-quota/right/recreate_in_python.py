"""One patch sets both the strategy `Recreate` and a smaller request of `clicks`, whose limits stay."""

# %% cell: fit-clicks
strategy = {"type": "Recreate", "rollingUpdate": None}
container = {"name": "trainer", "resources": {"requests": {"cpu": "100m"}}}
spec = {"strategy": strategy, "template": {"spec": {"containers": [container]}}}
apps.patch_namespaced_deployment("clicks", namespace, {"spec": spec})
