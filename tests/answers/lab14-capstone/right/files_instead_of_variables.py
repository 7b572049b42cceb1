"""Threshold and token are files of one projected volume, immutable at their source."""

# %% after: settings-and-token
core.patch_namespaced_config_map("triage-settings", namespace, {"immutable": True})

# %% change: serve
#- - name: THRESHOLD
#-   valueFrom: {configMapKeyRef: {name: triage-settings, key: THRESHOLD}}
#- - name: TOKEN
#-   valueFrom: {secretKeyRef: {name: triage-token, key: TOKEN}}
#+ - {name: THRESHOLD_FILE, value: /told/THRESHOLD}
#+ - {name: TOKEN_FILE, value: /told/TOKEN}

#- - {name: model, mountPath: /model, readOnly: true}
#+ - {name: model, mountPath: /model, readOnly: true}
#+ - {name: told, mountPath: /told}

#- - {name: handover, configMap: {name: handover}}
#+ - {name: handover, configMap: {name: handover}}
#+ - {name: told, projected: {sources: [{configMap: {name: triage-settings}}, {secret: {name: triage-token}}]}}
