"""A copy of `ranker` for practice, with one label of its own, is left running."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
    "each of the five workloads has its Pods, and they are found by what they were found by before",
]

# %% before: label-teams
spec = apps.read_namespaced_deployment("ranker", namespace).spec
spec.replicas = 1
spec.selector.match_labels = spec.template.metadata.labels = {"app": "ranker-practice"}
apps.create_namespaced_deployment(namespace, {"metadata": {"name": "ranker-practice"}, "spec": spec})
