"""The rollout was paused at the end, so that nothing changes before Friday."""

LOSES = [
    "while a Pod and then the whole Deployment are replaced, whoever asks gets an answer",
]

# %% after: guard
#| !kubectl rollout status deployment/triage --timeout=180s
#| !kubectl rollout pause deployment/triage
