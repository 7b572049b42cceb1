"""The old version of the API, in which what it cannot say stands in an annotation."""

# %% cell: autoscaler
Path("autoscaler.yaml").write_text("""\
apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata:
  name: ranker
  annotations:
    autoscaling.alpha.kubernetes.io/behavior: >-
      {"scaleDown": {"stabilizationWindowSeconds": 15, "selectPolicy": "Max",
      "policies": [{"type": "Percent", "value": 100, "periodSeconds": 15}]}}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ranker
  minReplicas: 2
  maxReplicas: 6
  targetCPUUtilizationPercentage: 75
""")
#| !kubectl apply -f autoscaler.yaml
