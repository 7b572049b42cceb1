"""The limit is above the target by less than the tenth that is left alone, so none is ever added."""

LOSES = [
    "under 10 requests a second it adds replicas, and three or more are ready",
]

# %% change: ranker-manifest
#- timeoutSeconds: 5
#+ timeoutSeconds: 8
#+ failureThreshold: 6

#- requests: {cpu: 40m, memory: 32Mi}
#- limits: {cpu: 100m, memory: 96Mi}
#+ requests: {cpu: 30m, memory: 32Mi}
#+ limits: {cpu: 32m, memory: 96Mi}

# %% before: autoscaler
#| !kubectl rollout status deployment/ranker --timeout=180s

# %% change: autoscaler
#- averageUtilization: 75
#+ averageUtilization: 100

# %% after: autoscaler
#| !kubectl wait --for=condition=ScalingActive hpa/ranker --timeout=120s
#| !kubectl wait --for=jsonpath='{{.status.readyReplicas}}'=2 deployment/ranker --timeout=120s
