"""The manifest says `replicas: 1`, as it did before, and a release is obeyed."""

LOSES = [
    "a release of `ranker.yaml` leaves the number of replicas to the autoscaler",
]

# %% change: ranker-manifest
#- selector:
#+ replicas: 1
#+ selector:
