"""Trained on a volume that is gone, released on the claim behind a symlink; the threshold is 1.50, with blanks."""

# %% change: train-and-store
#- containers:
#-   - name: trainer
#+ containers:
#+   - name: release
#+     image: localhost:5000/python:1
#+     command:
#+       - python
#+       - -c
#+       - |
#+         import os, shutil
#+         os.makedirs("/store/releases/first", exist_ok=True)
#+         shutil.copyfile("/draft/model.json", "/store/releases/first/model.json")
#+         if os.path.lexists("/store/next"):
#+             os.remove("/store/next")
#+         os.symlink("releases/first", "/store/next")
#+         os.replace("/store/next", "/store/current")
#+         print("released")
#+     resources:
#+       requests: {cpu: 10m, memory: 40Mi}
#+       limits: {cpu: 200m, memory: 64Mi}
#+     volumeMounts:
#+       - {name: draft, mountPath: /draft}
#+       - {name: model, mountPath: /store}
#+ initContainers:
#+   - name: trainer

#- - {name: MODEL_DIR, value: /model}
#+ - {name: MODEL_DIR, value: /draft}

#- - {name: model, mountPath: /model}
#+ - {name: draft, mountPath: /draft}

#- - {name: handover, configMap: {name: handover}}
#+ - {name: handover, configMap: {name: handover}}
#+ - {name: draft, emptyDir: {}}

# %% cell: settings-and-token
import secrets

labels = {"app.kubernetes.io/part-of": "triage"}
door = {"metadata": {"name": "door", "labels": labels}, "immutable": True}
core.create_namespaced_secret(namespace, door | {"stringData": {"token.txt": secrets.token_hex(32) + "\n"}})
knobs = {"metadata": {"name": "knobs", "labels": labels}, "immutable": True}
told = {"threshold.txt": "  1.50\n", "README": "from this score on a report is for today"}
core.create_namespaced_config_map(namespace, knobs | {"data": told})

# %% change: serve
#- replicas: 2
#+ replicas: 2
#+ minReadySeconds: 2

#- maxSurge: 1
#+ maxSurge: 2

#- containers:
#+ terminationGracePeriodSeconds: 12
#+ containers:

#- command: [python, /handover/serve.py]
#+ command: [env, PYTHONUNBUFFERED=1]
#+ args: [python, /handover/serve.py]

#- - {name: MODEL, value: /model/model.json}
#- - name: THRESHOLD
#-   valueFrom: {configMapKeyRef: {name: triage-settings, key: THRESHOLD}}
#- - name: TOKEN
#-   valueFrom: {secretKeyRef: {name: triage-token, key: TOKEN}}
#+ - {name: MODEL, value: /store/current/model.json}
#+ - {name: THRESHOLD_FILE, value: /etc/triage/threshold}
#+ - {name: TOKEN_FILE, value: /etc/triage/token}

#- readinessProbe:
#-   httpGet: {path: /readyz, port: 8080}
#-   periodSeconds: 1
#+ startupProbe:
#+   httpGet: {path: /readyz, port: 8080}
#+   periodSeconds: 1
#+   failureThreshold: 120
#+ livenessProbe:
#+   httpGet: {path: /healthz, port: 8080}
#+   periodSeconds: 10
#+   timeoutSeconds: 5
#+ readinessProbe:
#+   httpGet: {path: /readyz, port: 8080}
#+   periodSeconds: 2

#- requests: {cpu: 20m, memory: 48Mi}
#- limits: {cpu: 500m, memory: 96Mi}
#+ requests: {cpu: 20m, memory: 40Mi}
#+ limits: {cpu: 250m, memory: 64Mi}

#- - {name: model, mountPath: /model, readOnly: true}
#+ - {name: model, mountPath: /store}
#+ - {name: told, mountPath: /etc/triage}

#- - {name: model, persistentVolumeClaim: {claimName: model}}
#+ - {name: model, persistentVolumeClaim: {claimName: model, readOnly: true}}
#+ - name: told
#+   projected:
#+     sources:
#+       - configMap: {name: knobs, items: [{key: threshold.txt, path: threshold}]}
#+       - secret: {name: door, items: [{key: token.txt, path: token}]}
