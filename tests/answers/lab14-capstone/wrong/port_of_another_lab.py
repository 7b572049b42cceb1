"""The Service sends to port 8000, as in the lab before."""

LOSES = [
    "another Pod that asks `http://triage` is told the right scores, by two ready Pods or more, all of the Deployment `triage`",
    "while a Pod and then the whole Deployment are replaced, whoever asks gets an answer",
]

# %% change: serve
#- targetPort: 8080
#+ targetPort: 8000
