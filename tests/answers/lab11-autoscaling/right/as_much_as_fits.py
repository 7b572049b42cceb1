"""The request is as large as six of it allow, and the percentage accordingly small."""

# %% change: ranker-manifest
#- requests: {cpu: 40m, memory: 32Mi}
#+ requests: {cpu: 65m, memory: 32Mi}

# %% change: autoscaler
#- averageUtilization: 75
#+ averageUtilization: 46
