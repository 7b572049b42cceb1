"""Something that was tried is left behind, and books what the sixth replica would need."""

LOSES = [
    "six replicas of `ranker` have room in the quota, beside what else is there",
]

# %% after: ranker-apply
#| !kubectl create deployment try --image={images}/python:1 -- python -c 'import signal; signal.pause()'
#| !kubectl set resources deployment try --requests=cpu=200m
#| !kubectl rollout status deployment/try --timeout=60s
