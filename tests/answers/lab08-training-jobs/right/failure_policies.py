"""Failures are told apart: attempts for each index, and none where the trainer says that its settings are wrong."""

# %% change: sweep
#- backoffLimit: 2
#+ backoffLimitPerIndex: 1
#+ maxFailedIndexes: 4
#+ podFailurePolicy:
#+   rules:
#+     - action: FailIndex
#+       onExitCodes: {operator: In, values: [1]}
#+     - action: Ignore
#+       onPodConditions: [{type: DisruptionTarget}]

# %% change: retrain
#- backoffLimit: 2
#+ backoffLimit: 4
#+ podFailurePolicy:
#+   rules:
#+     - action: FailJob
#+       onExitCodes: {operator: NotIn, values: [0]}
#+     - action: Ignore
#+       onPodConditions: [{type: DisruptionTarget}]
