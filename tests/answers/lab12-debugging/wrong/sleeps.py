"""`pricer` does not crash any more: it sleeps, and nothing asks whether it is ready."""

LOSES = [
    "`pricer` works, in euros",
]

# %% change: repair-restarting
#- !kubectl set env deployment/pricer CURRENCY=EUR
#+ server = {"name": "server", "command": ["sleep", "infinity"], "readinessProbe": None}
#+ apps.patch_namespaced_deployment("pricer", namespace, {"spec": {"template": {"spec": {"containers": [server]}}}})
