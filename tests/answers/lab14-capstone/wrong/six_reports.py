"""Nobody told the trainer which reports to learn from, so it took the six to try with."""

LOSES = [
    "another Pod that asks `http://triage` is told the right scores, by two ready Pods or more, all of the Deployment `triage`",
]

# %% change: train-and-store
#- - {name: REPORTS, value: /handover/reports.tsv}
