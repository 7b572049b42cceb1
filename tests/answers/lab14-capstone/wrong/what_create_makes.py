"""What `kubectl create` made has no label."""

LOSES = [
    "everything that was made carries the label `app.kubernetes.io/part-of=triage`",
]

# %% change: settings-and-token
#- !kubectl label configmap/triage-settings secret/triage-token app.kubernetes.io/part-of=triage
