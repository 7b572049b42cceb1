"""The Service selects a label that no Pod has."""

LOSES = [
    "another Pod that asks `http://triage` is told the right scores, by two ready Pods or more, all of the Deployment `triage`",
    "while a Pod and then the whole Deployment are replaced, whoever asks gets an answer",
]

# %% change: serve
#- selector: {app: triage}
#+ selector: {app: traige}
