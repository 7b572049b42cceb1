"""The target is an amount, and the request something round."""

# %% change: ranker-manifest
#- requests: {cpu: 40m, memory: 32Mi}
#+ requests: {cpu: "0.05", memory: 32Mi}

# %% change: autoscaler
#- type: Utilization
#- averageUtilization: 75
#+ type: AverageValue
#+ averageValue: "0.03"
