"""The team has one Secret with many keys, of which this server takes one."""

# %% cell: give-token
#| !kubectl create secret generic team --from-literal=token="$(cat token.txt)" --from-literal=wandb=0123abcd --from-file=whole=token.txt
source = {"secretKeyRef": {"name": "team", "key": "token"}}
container = {"name": "scorer", "env": [{"name": "FEATURES_TOKEN", "valueFrom": source}]}
apps.patch_namespaced_deployment("scorer", namespace, {"spec": {"template": {"spec": {"containers": [container]}}}})
