"""The autoscaler is right, and is tidied up with what was tried."""

LOSES = [
    "one HorizontalPodAutoscaler scales the Deployment `ranker`, and no second one",
    "it keeps 2 replicas at least and 6 at most",
    "its target of CPU comes to 25m to 35m for each replica",
    "under 10 requests a second it adds replicas, and three or more are ready",
    "it knows how much CPU the replicas use",
    "a release of `ranker.yaml` leaves the number of replicas to the autoscaler",
    "when the load has gone it takes replicas away until its minimum is left, within two minutes",
]

# %% after: autoscaler
#| !kubectl delete hpa ranker
