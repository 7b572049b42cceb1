"""The request is that of the Pod as a whole, its container's is less, and the probe asks for a ranking."""

# %% change: ranker-manifest
#- terminationGracePeriodSeconds: 5
#+ terminationGracePeriodSeconds: 5
#+ resources:
#+   requests: {cpu: 40m, memory: 32Mi}
#+   limits: {cpu: 100m, memory: 96Mi}

#- httpGet: {path: /readyz, port: http}
#- periodSeconds: 2
#- timeoutSeconds: 5
#+ httpGet: {path: /rank, port: http}
#+ periodSeconds: 4
#+ timeoutSeconds: 3

#- requests: {cpu: 40m, memory: 32Mi}
#+ requests: {cpu: 30m, memory: 32Mi}
