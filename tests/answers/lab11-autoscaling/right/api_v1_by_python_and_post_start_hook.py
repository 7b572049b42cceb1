"""The autoscaler is of the old version, its window patched in by the new; a postStart hook waits for the model."""

# %% change: ranker-manifest
#- readinessProbe:
#-   httpGet: {path: /readyz, port: http}
#-   periodSeconds: 2
#-   timeoutSeconds: 5
#+ lifecycle:
#+   postStart:
#+     exec:
#+       command:
#+         - python
#+         - -c
#+         - |
#+           import http.client, sys, time
#+           for _ in range(120):
#+               try:
#+                   asked = http.client.HTTPConnection("127.0.0.1", 8080, timeout=5)
#+                   asked.request("GET", "/rank")
#+                   if asked.getresponse().status == 200:
#+                       sys.exit(0)
#+               except OSError:
#+                   pass
#+               time.sleep(0.5)
#+           sys.exit(1)

#- requests: {cpu: 40m, memory: 32Mi}
#+ requests: {cpu: 60m, memory: 32Mi}

# %% cell: autoscaler
#| !kubectl rollout status deployment/ranker --timeout=120s
kubernetes.client.AutoscalingV1Api().create_namespaced_horizontal_pod_autoscaler(
    namespace,
    kubernetes.client.V1HorizontalPodAutoscaler(
        metadata=kubernetes.client.V1ObjectMeta(name="old-school"),
        spec=kubernetes.client.V1HorizontalPodAutoscalerSpec(
            scale_target_ref=kubernetes.client.V1CrossVersionObjectReference(
                api_version="apps/v1", kind="Deployment", name="ranker"
            ),
            min_replicas=2,
            max_replicas=6,
            target_cpu_utilization_percentage=50,
        ),
    ),
)
kubernetes.client.AutoscalingV2Api().patch_namespaced_horizontal_pod_autoscaler(
    "old-school", namespace, {"spec": {"behavior": {"scaleDown": {"stabilizationWindowSeconds": 15}}}}
)
