"""The template names the ConfigMap, and says the threshold a second time itself."""

LOSES = [
    "the threshold is 1.5, and a new Pod has the one that its ConfigMap says then",
]

# %% change: serve
#- env:
#-   - {name: MODEL, value: /model/model.json}
#-   - name: THRESHOLD
#-     valueFrom: {configMapKeyRef: {name: triage-settings, key: THRESHOLD}}
#+ envFrom:
#+   - configMapRef: {name: triage-settings}
#+ env:
#+   - {name: MODEL, value: /model/model.json}
#+   - {name: THRESHOLD, value: "1.5"}
