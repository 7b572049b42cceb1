"""All five and the findings from Python, in the first cell: each Deployment read, changed and replaced; the other cells empty."""
# %% cell: repair-not-started
import re
import time


def change(name, how):
    for _ in range(10):
        deployment = apps.read_namespaced_deployment(name, namespace)
        how(deployment.spec.template)
        try:
            apps.replace_namespaced_deployment(name, namespace, deployment)
            return
        except kubernetes.client.ApiException as error:
            if error.status != 409:  # somebody was quicker: once more
                raise
            time.sleep(1)


def version_two(template):
    template.spec.containers[0].image = f"{images}/sentiment:2"


def anywhere(template):
    template.spec.node_selector = None


def smaller(template):
    container = template.spec.containers[0]
    container.env = [each for each in container.env or [] if each.name != "BATCH"] + [kubernetes.client.V1EnvVar(name="BATCH", value="48")]
    container.resources.limits = {**(container.resources.limits or {}), "memory": "128Mi"}
    if "memory" in (container.resources.requests or {}):
        container.resources.requests["memory"] = "64Mi"


def in_euros(template):
    for each in template.spec.containers[0].env:
        if re.fullmatch("eur[a-z]*", each.value or "", re.I):
            each.value = "EUR"


change("reviews", version_two)
change("forecast", anywhere)
change("embedder", smaller)
change("pricer", in_euros)
service = core.read_namespaced_service("lookup", namespace)
service.spec.selector.pop("release")
core.replace_namespaced_service("lookup", namespace, service)
core.create_namespaced_config_map(
    namespace,
    {
        "metadata": {"name": "findings"},
        "data": dict(reviews="image", forecast="node", embedder="memory", pricer="exception", lookup="selector"),
    },
)
# %% cell: repair-restarting
# %% cell: repair-unreachable
# %% cell: record-findings
