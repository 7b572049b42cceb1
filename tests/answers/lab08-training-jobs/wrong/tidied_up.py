"""The results are written into a ConfigMap and the Pods deleted, as they only stand around."""

LOSES = [
    "the Pods of `sweep` have trained with each of the eight learning rates, once each",
]

# %% after: sweep
#| !kubectl wait --for=condition=complete job/sweep --timeout=60s
#| results = !kubectl logs -l job-name=sweep --tail=1
core.create_namespaced_config_map(namespace, {"metadata": {"name": "results"}, "data": {"sweep": "\n".join(results)}})
#| !kubectl delete pods -l job-name=sweep
