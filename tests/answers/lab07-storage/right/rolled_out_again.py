"""Changed once more after all is as it should be."""

# %% after: storage-rollout
#| !kubectl rollout status deployment/trainer --timeout=60s
#| !kubectl set env deployment/trainer SEED=7
