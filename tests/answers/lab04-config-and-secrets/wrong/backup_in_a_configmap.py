"""The Secret's manifest is kept in a ConfigMap, for the day on which somebody deletes the Secret."""

LOSES = [
    "the token is in no object of the namespace but Secrets",
]

# %% after: clear-sight
#| !kubectl get secret feature-store -o yaml > backup.yaml
#| !kubectl create configmap backup --from-file=backup.yaml
#| !rm backup.yaml
