"""The window is patched, and the autoscaler in `ranker.yaml`, with the long one, is released again."""

LOSES = [
    "when the load has gone it takes replicas away until its minimum is left, within two minutes",
]

# %% after: ranker-manifest
AUTOSCALER = """\
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ranker
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ranker}
  minReplicas: 2
  maxReplicas: 6
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 75}}
  behavior:
    scaleDown: {stabilizationWindowSeconds: 300}
"""
Path("ranker.yaml").write_text(Path("ranker.yaml").read_text() + AUTOSCALER)

# %% cell: autoscaler
#| !kubectl patch hpa ranker --patch '{{"spec": {{"behavior": {{"scaleDown": {{"stabilizationWindowSeconds": 15}}}}}}}}'
#| !kubectl rollout status deployment/ranker --timeout=120s
#| !kubectl wait --for=condition=ScalingActive hpa/ranker --timeout=120s
