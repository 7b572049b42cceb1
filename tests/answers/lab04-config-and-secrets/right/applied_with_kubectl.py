"""`kubectl apply` with `stringData`, whose copy of what was applied stays in an annotation of the Secret itself."""

# %% cell: give-token
manifest = {
    "apiVersion": "v1",
    "kind": "Secret",
    "metadata": {"name": "feature-store"},
    "stringData": {"FEATURES_TOKEN": open("token.txt").read().strip()},
}
import json

open("secret.json", "w").write(json.dumps(manifest))
#| !kubectl apply -f secret.json
#| !kubectl set env deployment/scorer --from=secret/feature-store
