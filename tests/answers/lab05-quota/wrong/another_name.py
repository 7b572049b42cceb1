"""`titles` is made anew as a copy with better numbers and a name of its own, and the old one deleted."""

LOSES = [
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
]

# %% cell: fit-titles
titles = apps.read_namespaced_deployment("titles", namespace)
titles.metadata = kubernetes.client.V1ObjectMeta(name="titles-small")
titles.status = None
numbers = {"requests": {"cpu": "50m", "memory": "48Mi"}, "limits": {"cpu": "200m", "memory": "64Mi"}}
titles.spec.template.spec.containers[0].resources = kubernetes.client.V1ResourceRequirements(**numbers)
apps.create_namespaced_deployment(namespace, titles)
#| !kubectl delete deployment titles
