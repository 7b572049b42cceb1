"""The first Job never fails, since nobody wanted to see it red."""

LOSES = [
    "a training that fails makes its Job fail",
]

# %% change: train-once
#- command: [python, /trainer/train.py]
#+ command: [sh, -c, "python /trainer/train.py || true"]
