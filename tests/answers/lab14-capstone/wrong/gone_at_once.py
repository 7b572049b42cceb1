"""The Job is cleared away as soon as it has ended."""

LOSES = [
    "the Job `train` is complete, and the trainer has trained in a Pod of it",
    "what the Pods of `triage` serve was trained in `train`, and they read it from a claim's volume that they cannot write to",
]

# %% change: train-and-store
#- backoffLimit: 2
#+ backoffLimit: 2
#+ ttlSecondsAfterFinished: 0
