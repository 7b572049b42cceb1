"""The night's log goes through a pipe, which ends as its last command does."""

LOSES = [
    "a training that fails makes its Job fail",
]

# %% change: retrain
#- command: [python, /trainer/train.py]
#+ command: [sh, -ec, "python /trainer/train.py | tee /tmp/train.log"]
