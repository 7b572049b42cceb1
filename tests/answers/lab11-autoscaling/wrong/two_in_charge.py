"""A second autoscaler is made for the night, and neither does anything any more."""

LOSES = [
    "one HorizontalPodAutoscaler scales the Deployment `ranker`, and no second one",
    "under 10 requests a second it adds replicas, and three or more are ready",
    "it knows how much CPU the replicas use",
]

# %% after: autoscaler
night = Path("autoscaler.yaml").read_text().replace("metadata:\n  name: ranker", "metadata:\n  name: night")
Path("night.yaml").write_text(night)
#| %apply night.yaml
