"""Threshold and token are in one ConfigMap."""

LOSES = [
    "who has the token gets a prediction and nobody else does, and it is in Secrets and nowhere else",
]

# %% change: settings-and-token
#- !kubectl create configmap triage-settings --from-literal=THRESHOLD=1.5
#- !kubectl create secret generic triage-token --from-literal=TOKEN={token}
#- !kubectl label configmap/triage-settings secret/triage-token app.kubernetes.io/part-of=triage
#+ !kubectl create configmap triage-settings --from-literal=THRESHOLD=1.5 --from-literal=TOKEN={token}
#+ !kubectl label configmap/triage-settings app.kubernetes.io/part-of=triage

# %% change: serve
#- valueFrom: {secretKeyRef: {name: triage-token, key: TOKEN}}
#+ valueFrom: {configMapKeyRef: {name: triage-settings, key: TOKEN}}
