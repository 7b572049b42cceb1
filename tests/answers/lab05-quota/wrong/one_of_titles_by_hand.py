"""`titles` is scaled down to one, and a second one started by hand beside it."""

LOSES = [
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
]

# %% after: fit-titles
import json

#| !kubectl scale deployment titles --replicas=1
template = json.loads(apps.read_namespaced_deployment("titles", namespace, _preload_content=False).data)["spec"]["template"]
core.create_namespaced_pod(namespace, {"metadata": {"name": "titles-2", "labels": {"app": "titles"}}, "spec": template["spec"]})
