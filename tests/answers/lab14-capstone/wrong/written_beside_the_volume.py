"""The claim is mounted at /model, and the trainer writes to /tmp."""

LOSES = [
    "what the Pods of `triage` serve was trained in `train`, and they read it from a claim's volume that they cannot write to",
    "another Pod that asks `http://triage` is told the right scores, by two ready Pods or more, all of the Deployment `triage`",
    "who has the token gets a prediction and nobody else does, and it is in Secrets and nowhere else",
    "the threshold is 1.5, and a new Pod has the one that its ConfigMap says then",
    "while a Pod and then the whole Deployment are replaced, whoever asks gets an answer",
    "scaled to four, `triage` has four ready Pods",
]

# %% change: train-and-store
#- - {name: MODEL_DIR, value: /model}
#+ - {name: MODEL_DIR, value: /tmp}
