"""The manifest says `replicas: 2`, since that is the minimum."""

LOSES = [
    "a release of `ranker.yaml` leaves the number of replicas to the autoscaler",
]

# %% change: ranker-manifest
#- selector:
#+ replicas: 2
#+ selector:
