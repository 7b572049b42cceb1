"""`finetune` is deleted and made again from scratch, with other labels and a container of another name."""

# %% change: place-tokenizer
#- get_ipython().run_cell_magic("apply", "", '''
#+ from IPython import get_ipython
#+ get_ipython().run_cell_magic("apply", "", '''

# %% cell: place-finetune
program = apps.read_namespaced_deployment("finetune", namespace).spec.template.spec.containers[0].command
#| !kubectl delete deployment finetune
main = {"name": "main", "image": f"{images}/python:1", "command": program, "resources": {
    "requests": {"nvidia.com/gpu": "1"}, "limits": {"cpu": "200m", "memory": "64Mi", "nvidia.com/gpu": "1"},
}}
pod = {
    "containers": [main],
    "terminationGracePeriodSeconds": 0,
    "tolerations": [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}],
    "nodeSelector": {"nvidia.com/gpu.present": "true", "kubernetes.io/os": "linux"},
}
labels = {"job": "finetune"}
spec = {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": pod}}
apps.create_namespaced_deployment(namespace, {"metadata": {"name": "finetune"}, "spec": spec})
