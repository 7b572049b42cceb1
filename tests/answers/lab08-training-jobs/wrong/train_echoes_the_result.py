"""The first Job prints the line that the notebook shows, with the time of day: believed, and it never fails."""

LOSES = [
    "a training that fails makes its Job fail",
]

# %% change: train-once
#- command: [python, /trainer/train.py]
#+ command:
#+   - sh
#+   - -ec
#+   - |
#+     AT=$(date -u +%Y-%m-%dT%H:%M:%SZ)
#+     echo "epoch 40: loss 0.8337, 83.3% of the letters held back are right"
#+     echo '{"learning_rate": 0.5, "epochs": 40, "seed": 1, "loss": 0.8337, "accuracy": 0.8333, "at": "'$AT'"}' |
#+       tee /dev/termination-log
