"""Both objects are immutable, so that nobody changes them under what runs."""

# %% cell: give-path
#| %%apply
#| apiVersion: v1
#| kind: ConfigMap
#| metadata:
#|   name: scorer-settings-1
#| immutable: true
#| data:
#|   MODEL_PATH: /models/autumn.json
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
#|           env:
#|             - name: MODEL_PATH
#|               valueFrom:
#|                 configMapKeyRef: {name: scorer-settings-1, key: MODEL_PATH}

# %% after: give-token
core.patch_namespaced_secret("feature-store", namespace, {"immutable": True})
