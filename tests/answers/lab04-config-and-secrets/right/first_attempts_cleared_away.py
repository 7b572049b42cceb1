"""The token was in the template and in a ConfigMap at first; both are gone, the old revisions with them."""

# %% before: give-token
#| !kubectl create configmap feature-store --from-literal=FEATURES_TOKEN="$(cat token.txt)"
#| !kubectl set env deployment/scorer FEATURES_TOKEN="$(cat token.txt)"
#| !kubectl rollout status deployment/scorer --timeout=120s
#| !kubectl set env deployment/scorer FEATURES_TOKEN-
#| !kubectl delete configmap feature-store

# %% after: clear-sight
apps.patch_namespaced_deployment("scorer", namespace, {"spec": {"revisionHistoryLimit": 0}})
