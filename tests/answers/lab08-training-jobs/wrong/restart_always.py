"""A Deployment's restart policy: the Job is refused."""

LOSES = [
    "the Job `train` is complete, and has trained once, with the learning rate 0.5 and 40 epochs",
]

# %% change: train-once
#- restartPolicy: Never
#+ restartPolicy: Always
