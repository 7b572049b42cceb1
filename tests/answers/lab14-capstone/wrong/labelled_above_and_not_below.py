"""The Deployment has the label, and its template has not."""

LOSES = [
    "everything that was made carries the label `app.kubernetes.io/part-of=triage`",
]

# %% change: serve
#- labels: {app: triage, app.kubernetes.io/part-of: triage}
#+ labels: {app: triage}
