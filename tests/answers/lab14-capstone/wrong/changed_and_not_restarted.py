"""The threshold was put right when the servers had been told the wrong one."""

LOSES = [
    "the threshold is 1.5, and a new Pod has the one that its ConfigMap says then",
]

# %% change: settings-and-token
#- !kubectl create configmap triage-settings --from-literal=THRESHOLD=1.5
#+ !kubectl create configmap triage-settings --from-literal=THRESHOLD=0.5

# %% after: serve
#| !kubectl rollout status deployment/triage --timeout=90s
core.patch_namespaced_config_map("triage-settings", namespace, {"data": {"THRESHOLD": "1.5"}})
