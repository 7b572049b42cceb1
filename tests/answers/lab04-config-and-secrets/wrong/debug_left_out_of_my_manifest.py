"""DEBUG is left out of the manifest that is applied, which does not take it away, and so it prints the token."""

LOSES = [
    "the token is in no log of a Pod",
]

# %% cell: give-path
#| !kubectl create configmap scorer-settings --from-literal=MODEL_PATH=/models/autumn.json

# %% cell: give-token
#| !kubectl create secret generic feature-store --from-literal=FEATURES_TOKEN="$(cat token.txt)"

# %% cell: clear-sight
import json

scorer = json.loads(apps.read_namespaced_deployment("scorer", namespace, _preload_content=False).data)
del scorer["status"]
scorer["metadata"] = {"name": "scorer"}
scorer["spec"]["template"]["spec"]["containers"][0]["env"] = [
    {"name": "MODEL_PATH", "valueFrom": {"configMapKeyRef": {"name": "scorer-settings", "key": "MODEL_PATH"}}},
    {"name": "FEATURES_TOKEN", "valueFrom": {"secretKeyRef": {"name": "feature-store", "key": "FEATURES_TOKEN"}}},
]
with open("scorer.json", "w") as file:
    json.dump(scorer, file)
#| !kubectl apply -f scorer.json
