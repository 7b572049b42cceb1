"""The whole Deployment is applied anew, with DEBUG set to 0, since leaving it out does not take it away."""

# %% cell: give-path
#| %%apply
#| apiVersion: v1
#| kind: ConfigMap
#| metadata:
#|   name: settings
#| data:
#|   model: /models/autumn.json
#|   debug: "0"
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: scorer
#| spec:
#|   selector:
#|     matchLabels: {app: scorer}
#|   template:
#|     metadata:
#|       labels: {app: scorer}
#|     spec:
#|       containers:
#|         - name: scorer
#|           image: localhost:5000/python:1
#|           command: [python, /program/scorer.py]
#|           env:
#|             - {name: DEBUG, value: "0"}
#|             - {name: MODEL_PATH, valueFrom: {configMapKeyRef: {name: settings, key: model}}}
#|             - {name: FEATURES_TOKEN, valueFrom: {secretKeyRef: {name: token, key: token}}}

# %% cell: give-token
core.create_namespaced_secret(namespace, {"metadata": {"name": "token"}, "stringData": {"token": open("token.txt").read().strip()}})

# %% cell: clear-sight
