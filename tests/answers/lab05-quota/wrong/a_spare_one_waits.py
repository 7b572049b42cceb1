"""A StatefulSet with a spare trainer stands by, with numbers for which there is no room."""

LOSES = [
    "the quota is as it was set, and nothing but the trainers waits for room in it",
]

# %% after: fit-clicks
#| !kubectl rollout status deployment/titles --timeout=90s
#| !kubectl rollout status deployment/clicks --timeout=90s
spare = apps.read_namespaced_deployment("clicks", namespace).spec.template
spare.metadata.labels = {"app": "spare"}
spare.spec.containers[0].resources = kubernetes.client.V1ResourceRequirements(limits={"cpu": "1", "memory": "600Mi"})
apps.create_namespaced_stateful_set(namespace, kubernetes.client.V1StatefulSet(
    metadata=kubernetes.client.V1ObjectMeta(name="spare"),
    spec=kubernetes.client.V1StatefulSetSpec(
        service_name="spare",
        selector=kubernetes.client.V1LabelSelector(match_labels={"app": "spare"}),
        template=spare,
    ),
))
