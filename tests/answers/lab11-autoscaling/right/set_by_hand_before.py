"""Three replicas were set by hand this morning; the autoscaler takes them away again."""

# %% before: ranker-manifest
#| !kubectl scale deployment ranker --replicas=3
