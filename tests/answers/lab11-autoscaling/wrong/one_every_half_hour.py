"""One replica may be taken away every half hour."""

LOSES = [
    "when the load has gone it takes replicas away until its minimum is left, within two minutes",
]

# %% change: autoscaler
#- stabilizationWindowSeconds: 15
#+ stabilizationWindowSeconds: 15
#+ policies:
#+   - {type: Pods, value: 1, periodSeconds: 1800}
