"""The request is the target, and the limit far above both."""

# %% change: ranker-manifest
#- requests: {cpu: 40m, memory: 32Mi}
#- limits: {cpu: 100m, memory: 96Mi}
#+ requests: {cpu: 30m, memory: 32Mi}
#+ limits: {cpu: 300m, memory: 96Mi}

# %% change: autoscaler
#- averageUtilization: 75
#+ averageUtilization: 100
