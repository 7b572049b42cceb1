"""A ConfigMap says 1.5 twice: as the threshold in a line of shell, and as a version in the path of the model."""

# %% change: train-and-store
#- command: [python, /handover/train.py]
#+ command: [sh, -c, "mkdir -p /model/v1.5 && exec python /handover/train.py"]

#- - {name: MODEL_DIR, value: /model}
#+ - {name: MODEL_DIR, value: /model/v1.5}

# %% cell: settings-and-token
import secrets

token = secrets.token_urlsafe(24)
labels = {"app.kubernetes.io/part-of": "triage"}
told = {"MODEL": "/model/v1.5/model.json", "server.env": "export THRESHOLD=1.5  # of triage-1.5"}
core.create_namespaced_config_map(namespace, {"metadata": {"name": "triage-settings", "labels": labels}, "data": told})
#| !kubectl create secret generic triage-token --from-literal=TOKEN={token}
#| !kubectl label secret/triage-token app.kubernetes.io/part-of=triage

# %% change: serve
#- command: [python, /handover/serve.py]
#+ command: [sh, -c, ". /settings/server.env && exec python /handover/serve.py"]

#- - {name: MODEL, value: /model/model.json}
#- - name: THRESHOLD
#-   valueFrom: {configMapKeyRef: {name: triage-settings, key: THRESHOLD}}
#+ - name: MODEL
#+   valueFrom: {configMapKeyRef: {name: triage-settings, key: MODEL}}

#- - {name: model, mountPath: /model, readOnly: true}
#+ - {name: model, mountPath: /model, readOnly: true}
#+ - {name: settings, mountPath: /settings}

#- - {name: handover, configMap: {name: handover}}
#+ - {name: handover, configMap: {name: handover}}
#+ - {name: settings, configMap: {name: triage-settings}}
