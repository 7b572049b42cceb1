"""The label is called part-of, which is shorter."""

LOSES = [
    "everything that was made carries the label `app.kubernetes.io/part-of=triage`",
]

# %% change: guard
#-   name: retrainer
#-   labels: {app.kubernetes.io/part-of: triage}
#- rules:
#+   name: retrainer
#+   labels: {part-of: triage}
#+ rules:
