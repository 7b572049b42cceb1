"""The Service selects a label that was put on the Pods by hand, and that no new Pod has."""

LOSES = [
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% before: serve-service
#| !kubectl rollout status deployment/sentiment --timeout=120s
#| !kubectl label pods -l app=sentiment tier=front

# %% change: serve-service
#- selector: {app: sentiment}
#+ selector: {tier: front}
