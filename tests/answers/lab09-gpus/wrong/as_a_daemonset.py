"""A DaemonSet in place of the Deployment: one on every GPU node, as drivers are installed."""

LOSES = [
    "each Pod that `finetune` makes asks for exactly one GPU",
    "a Pod of `finetune` is ready on a node of the pool, and counts its steps",
    "`finetune` finds the pool by its label, and runs nowhere else",
    "`finetune` tolerates the taint of the pool, and no other",
]

# %% after: place-finetune
template = apps.read_namespaced_deployment("finetune", namespace).spec.template
#| !kubectl delete deployment finetune --cascade=foreground
apps.create_namespaced_daemon_set(namespace, kubernetes.client.V1DaemonSet(
    metadata=kubernetes.client.V1ObjectMeta(name="finetune"),
    spec=kubernetes.client.V1DaemonSetSpec(
        selector=kubernetes.client.V1LabelSelector(match_labels={"app": "finetune"}),
        template=template,
    ),
))
