"""`pricer`'s probe was taken out, so that it is ready from its start to its end, three seconds later."""

LOSES = [
    "`pricer` works, in euros",
]

# %% change: repair-restarting
#- !kubectl set env deployment/pricer CURRENCY=EUR
#+ server = {"name": "server", "readinessProbe": None}
#+ apps.patch_namespaced_deployment("pricer", namespace, {"spec": {"template": {"spec": {"containers": [server]}}}})
