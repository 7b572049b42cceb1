"""The autoscaler is made with the Python client."""

# %% cell: autoscaler
autoscaler = {
    "metadata": {"name": "ranker"},
    "spec": {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "ranker"},
        "minReplicas": 2,
        "maxReplicas": 6,
        "metrics": [
            {"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 80}}}
        ],
        "behavior": {"scaleDown": {"stabilizationWindowSeconds": 20}},
    },
}
kubernetes.client.AutoscalingV2Api().create_namespaced_horizontal_pod_autoscaler(namespace, autoscaler)
