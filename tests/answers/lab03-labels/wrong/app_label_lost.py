"""`bidder` was made anew with a selector by team, and its `app` label left out."""

LOSES = [
    "each of the five workloads has its Pods, and they are found by what they were found by before",
]

# %% cell: label-teams
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2", "rescore"):
    patch(name, team="search")
bidder = apps.read_namespaced_deployment("bidder", namespace)
container = bidder.spec.template.spec.containers[0]
volumes = bidder.spec.template.spec.volumes
apps.delete_namespaced_deployment("bidder", namespace)
#| !kubectl wait --for=delete deployment/bidder --timeout=60s
apps.create_namespaced_deployment(namespace, kubernetes.client.V1Deployment(
    metadata=kubernetes.client.V1ObjectMeta(name="bidder"),
    spec=kubernetes.client.V1DeploymentSpec(
        selector=kubernetes.client.V1LabelSelector(match_labels={"team": "ads"}),
        template=kubernetes.client.V1PodTemplateSpec(
            metadata=kubernetes.client.V1ObjectMeta(labels={"team": "ads"}),
            spec=kubernetes.client.V1PodSpec(containers=[container], volumes=volumes),
        ),
    ),
))
