"""The Job prints a result that somebody had yesterday."""

LOSES = [
    "the Job `train` is complete, and has trained once, with the learning rate 0.5 and 40 epochs",
]

# %% change: train-once
#- command: [python, /trainer/train.py]
#+ command:
#+   - python
#+   - -c
#+   - |
#+     line = '{"learning_rate": 0.5, "epochs": 40, "seed": 1, "loss": 0.8337, "accuracy": 0.8333, "at": "2026-03-02T18:04:11Z"}'
#+     print(line)
#+     open("/dev/termination-log", "w").write(line)
