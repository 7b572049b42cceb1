"""The Job was deleted when it was complete; the model is there, after all."""

LOSES = [
    "the Job `train` is complete, and the trainer has trained in a Pod of it",
    "what the Pods of `triage` serve was trained in `train`, and they read it from a claim's volume that they cannot write to",
]

# %% after: train-and-store
#| !kubectl wait --for=condition=complete job/train --timeout=90s
#| !kubectl delete job train
