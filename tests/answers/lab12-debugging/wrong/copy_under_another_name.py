"""`forecast` is repaired in a copy under another name, and the broken one stays."""

LOSES = [
    "`forecast` works",
]

# %% change: repair-not-started
#- !kubectl patch deployment forecast --type=json --patch='[{{"op": "remove", "path": "/spec/template/spec/nodeSelector"}}]'
#+ copy = apps.read_namespaced_deployment("forecast", namespace)
#+ copy.metadata = kubernetes.client.V1ObjectMeta(name="forecast-fixed")
#+ copy.spec.selector.match_labels = copy.spec.template.metadata.labels = {"app": "forecast", "fixed": "yes"}
#+ copy.spec.template.spec.node_selector = None
#+ apps.create_namespaced_deployment(namespace, copy)
