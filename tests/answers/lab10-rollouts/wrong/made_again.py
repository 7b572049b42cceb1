"""Rolled back by deleting the Deployment and making it anew: nothing is remembered."""

LOSES = [
    "version 3 was a revision of `eta`, and its newest revision is version 2",
]

# %% change: roll-back
#- !kubectl rollout undo deployment/eta
#+ !kubectl delete deployment eta
#+ %apply eta.yaml
