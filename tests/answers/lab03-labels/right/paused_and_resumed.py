"""The rollouts are paused until all is said, so that there is one for each, and `ranker` gets a third copy."""

# %% before: label-teams
#| for name in ("ranker", "ranker2", "rescore", "bidder"):
#|     !kubectl rollout pause deployment/{name}

# %% after: label-service
#| !kubectl scale deployment/ranker --replicas=3
#| for name in ("ranker", "ranker2", "rescore", "bidder"):
#|     !kubectl rollout resume deployment/{name}
