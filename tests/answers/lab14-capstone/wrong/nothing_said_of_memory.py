"""No container of the servers says what it needs, so each has booked 512Mi."""

LOSES = [
    "another Pod that asks `http://triage` is told the right scores, by two ready Pods or more, all of the Deployment `triage`",
    "the threshold is 1.5, and a new Pod has the one that its ConfigMap says then",
    "while a Pod and then the whole Deployment are replaced, whoever asks gets an answer",
    "scaled to four, `triage` has four ready Pods",
]

# %% change: serve
#- resources:
#-   requests: {cpu: 20m, memory: 48Mi}
#-   limits: {cpu: 500m, memory: 96Mi}
