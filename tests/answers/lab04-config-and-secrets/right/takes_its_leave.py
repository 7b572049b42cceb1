"""Each Pod waits for three seconds before it ends, as servers do that are taken from behind a Service."""

# %% after: clear-sight
waits = [{"name": "scorer", "lifecycle": {"preStop": {"sleep": {"seconds": 3}}}}]
told = {"spec": {"template": {"spec": {"terminationGracePeriodSeconds": 5, "containers": waits}}}}
apps.patch_namespaced_deployment("scorer", namespace, told)
