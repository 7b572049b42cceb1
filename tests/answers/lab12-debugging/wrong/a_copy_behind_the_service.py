"""`lookup`'s Service is turned to a copy of `lookup` under another name, which answers alike."""

LOSES = [
    "`lookup` works, and is reached through its Service",
]

# %% change: repair-unreachable
#- !kubectl patch service lookup --type=json --patch='[{{"op": "remove", "path": "/spec/selector/release"}}]'
#+ copy = apps.read_namespaced_deployment("lookup", namespace)
#+ copy.metadata = kubernetes.client.V1ObjectMeta(name="lookup2")
#+ copy.spec.selector.match_labels = copy.spec.template.metadata.labels = {"app": "lookup2"}
#+ apps.create_namespaced_deployment(namespace, copy)
#+ patch = '[{"op": "replace", "path": "/spec/selector", "value": {"app": "lookup2"}}]'
#+ !kubectl patch service lookup --type=json --patch='{patch}'
