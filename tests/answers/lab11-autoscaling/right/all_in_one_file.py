"""The autoscaler stands in `ranker.yaml` as well, and is released with it."""

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
    scaleDown: {stabilizationWindowSeconds: 15}
"""
Path("ranker.yaml").write_text(Path("ranker.yaml").read_text() + AUTOSCALER)

# %% cell: autoscaler
