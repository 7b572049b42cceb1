"""`finetune` is paused, changed in steps, resumed, with a probe and `Recreate`; a pilot with a GPU stays."""

# %% cell: record-findings
#| !kubectl create configmap findings --from-literal=todo=later
#| !kubectl delete configmap findings
words = {"amber": "taint\r\n", "birch": "label\r\n", "cedar": "resource\r\n"}
core.create_namespaced_config_map(namespace, {"metadata": {"name": "findings"}})
core.patch_namespaced_config_map("findings", namespace, {"data": words})

# %% cell: place-finetune
from IPython import get_ipython

labels = {"app": "finetune-gpu"}
pod = {"containers": apps.read_namespaced_deployment("finetune", namespace).spec.template.spec.containers}
spec = {"replicas": 0, "selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": pod}}
apps.create_namespaced_deployment(namespace, {"metadata": {"name": "finetune-gpu"}, "spec": spec})
#| !kubectl delete deployment finetune-gpu

#| !kubectl rollout pause deployment/finetune
#| !kubectl set resources deployment/finetune --containers=trainer --limits=nvidia.com/gpu=1
probe = {"exec": {"command": ["python", "-c", "pass"]}, "periodSeconds": 10, "timeoutSeconds": 20}
pod = {"containers": [{"name": "trainer", "readinessProbe": probe}]}
strategy = {"type": "Recreate", "rollingUpdate": None}
apps.patch_namespaced_deployment("finetune", namespace, {"spec": {"strategy": strategy, "template": {"spec": pod}}})
wish = {"nvidia.com/gpu.present": "true"}
permission = [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": ""}]
apps.patch_namespaced_deployment("finetune", namespace, [
    {"op": "add", "path": "/spec/template/spec/nodeSelector", "value": wish},
    {"op": "add", "path": "/spec/template/spec/tolerations", "value": permission},
])
#| !kubectl rollout resume deployment/finetune
#| !kubectl rollout status deployment/finetune --timeout=150s

pilot = {
    "name": "pilot",
    "image": f"{images}/python:1",
    "command": ["python", "-c", "import time; time.sleep(3600)"],
    "resources": {"limits": {"cpu": "100m", "memory": "64Mi", "nvidia.com/gpu": "1"}},
}
pod = {"terminationGracePeriodSeconds": 1, "tolerations": permission, "nodeSelector": wish, "containers": [pilot]}
core.create_namespaced_pod(namespace, {"metadata": {"name": "pilot"}, "spec": pod})

# %% change: place-tokenizer
#- tolerations: []
#+ tolerations:
#+   - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 60}
