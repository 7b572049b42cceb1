"""The toleration goes, the label stays: the tokenizer wants to be where it may not."""

LOSES = [
    "`tokenizer` has two Pods ready, and none on a node of the pool",
]

# %% change: place-tokenizer
#- nodeSelector: {}
#+ terminationGracePeriodSeconds: 1
