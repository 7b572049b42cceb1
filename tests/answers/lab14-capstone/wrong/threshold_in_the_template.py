"""The threshold is written out in the template, and the ConfigMap is for show."""

LOSES = [
    "the threshold is 1.5, and a new Pod has the one that its ConfigMap says then",
]

# %% change: serve
#- - name: THRESHOLD
#-   valueFrom: {configMapKeyRef: {name: triage-settings, key: THRESHOLD}}
#+ - {name: THRESHOLD, value: "1.5"}
