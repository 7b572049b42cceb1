"""`pricer` becomes a StatefulSet."""

LOSES = [
    "`pricer` works, in euros",
]

# %% change: repair-restarting
#- !kubectl set env deployment/pricer CURRENCY=EUR
#+ old = apps.read_namespaced_deployment("pricer", namespace)
#+ apps.delete_namespaced_deployment("pricer", namespace)
#+ old.spec.template.spec.containers[0].env[0].value = "EUR"
#+ spec = {"serviceName": "pricer", "selector": {"matchLabels": {"app": "pricer"}}, "template": old.spec.template}
#+ apps.create_namespaced_stateful_set(namespace, {"metadata": {"name": "pricer"}, "spec": spec})
