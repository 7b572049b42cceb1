"""A policy that counts no failure: the Job tries for ever, and never fails."""

LOSES = [
    "a training that fails makes its Job fail",
]

# %% change: retrain
#- activeDeadlineSeconds: 1800
#+ activeDeadlineSeconds: 1800
#+ podFailurePolicy:
#+   rules:
#+     - action: Ignore
#+       onExitCodes: {operator: In, values: [1]}
