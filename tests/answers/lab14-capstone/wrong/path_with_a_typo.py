"""The reports are not where the trainer was told that they are, and it says so."""

LOSES = [
    "the Job `train` is complete, and the trainer has trained in a Pod of it",
    "what the Pods of `triage` serve was trained in `train`, and they read it from a claim's volume that they cannot write to",
    "another Pod that asks `http://triage` is told the right scores, by two ready Pods or more, all of the Deployment `triage`",
    "who has the token gets a prediction and nobody else does, and it is in Secrets and nowhere else",
    "the threshold is 1.5, and a new Pod has the one that its ConfigMap says then",
    "while a Pod and then the whole Deployment are replaced, whoever asks gets an answer",
    "scaled to four, `triage` has four ready Pods",
]

# %% change: train-and-store
#- backoffLimit: 2
#+ backoffLimit: 0

#- - {name: REPORTS, value: /handover/reports.tsv}
#+ - {name: REPORTS, value: /handover/report.tsv}
