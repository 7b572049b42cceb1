"""An autoscaler keeps four, a canary has a Service of its own, and all accounts of the namespace may start Jobs."""

# %% change: train-and-store
#- command: [python, /handover/train.py]
#+ command: [sh, -c, "mkdir -p $MODEL_DIR && exec python /handover/train.py"]

#- - {name: MODEL_DIR, value: /model}
#+ - {name: MODEL_DIR, value: /model/2024/friday}

# %% cell: settings-and-token
import secrets

labels = {"app.kubernetes.io/part-of": "triage"}
told = "# from which score on a report is for today\nexport THRESHOLD=1.5\nexport PYTHONUNBUFFERED=1\n"
for name, text in (("settings", told), ("settings-canary", "export THRESHOLD=2\n")):
    settings = {"metadata": {"name": name, "labels": labels}, "data": {"settings.sh": text}}
    core.create_namespaced_config_map(namespace, settings)
token = secrets.token_urlsafe(48)
#| !kubectl create secret generic triage-token --from-literal=TOKEN={token}
#| !kubectl label secret/triage-token app.kubernetes.io/part-of=triage

# %% change: serve
#- replicas: 2
#+ replicas: 4

#- command: [python, /handover/serve.py]
#+ command: [sh, -c, ". /settings/settings.sh && exec python /handover/serve.py"]

#- - {name: MODEL, value: /model/model.json}
#- - name: THRESHOLD
#-   valueFrom: {configMapKeyRef: {name: triage-settings, key: THRESHOLD}}
#+ - {name: MODEL, value: /model/2024/friday/model.json}

#- requests: {cpu: 20m, memory: 48Mi}
#- limits: {cpu: 500m, memory: 96Mi}
#+ requests: {cpu: 15m, memory: 36Mi}
#+ limits: {cpu: 250m, memory: 64Mi}

#- - {name: model, mountPath: /model, readOnly: true}
#+ - {name: model, mountPath: /model, readOnly: true}
#+ - {name: settings, mountPath: /settings}

#- - {name: handover, configMap: {name: handover}}
#+ - {name: handover, configMap: {name: handover}}
#+ - {name: settings, configMap: {name: settings}}

# %% after: serve
canary = Path("serve.yaml").read_text().replace("name: triage\n", "name: triage-canary\n")
canary = canary.replace("{app: triage", "{app: triage-canary").replace("replicas: 4", "replicas: 1")
Path("canary.yaml").write_text(canary.replace("configMap: {name: settings}", "configMap: {name: settings-canary}"))
#| %apply canary.yaml
named = {"metadata": {"name": "triage", "labels": labels}}
busy = {"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 90}}}
scaled = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "triage"}
kubernetes.client.AutoscalingV2Api().create_namespaced_horizontal_pod_autoscaler(
    namespace, named | {"spec": {"scaleTargetRef": scaled, "minReplicas": 4, "maxReplicas": 4, "metrics": [busy]}}
)
kubernetes.client.PolicyV1Api().create_namespaced_pod_disruption_budget(
    namespace, named | {"spec": {"maxUnavailable": 1, "selector": {"matchLabels": {"app": "triage"}}}}
)
#| !kubectl rollout status deployment/triage --timeout=180s
#| !kubectl rollout status deployment/triage-canary --timeout=180s

# %% change: guard
#- - kind: ServiceAccount
#-   name: retrainer
#+ - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:serviceaccounts:NAMESPACE"}

#- """)
#- %apply guard.yaml
#+ """.replace("NAMESPACE", namespace))
#+ %apply guard.yaml
