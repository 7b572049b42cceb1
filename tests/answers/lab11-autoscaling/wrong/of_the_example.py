"""The autoscaler of the worked example is made again, for a Deployment that has been tidied up."""

LOSES = [
    "one HorizontalPodAutoscaler scales the Deployment `ranker`, and no second one",
    "it keeps 2 replicas at least and 6 at most",
    "its target of CPU comes to 25m to 35m for each replica",
    "under 10 requests a second it adds replicas, and three or more are ready",
    "it knows how much CPU the replicas use",
    "a release of `ranker.yaml` leaves the number of replicas to the autoscaler",
    "when the load has gone it takes replicas away until its minimum is left, within two minutes",
]

# %% cell: autoscaler
#| !kubectl autoscale deployment ranker --name=thumbs --min=2 --max=6 --cpu=75% --dry-run=client -o yaml > thumbs.yaml
#| !sed "s/name: ranker/name: thumbs/" thumbs.yaml | kubectl apply -f -
