"""Kustomize makes both objects, with a digest in their names, and a patch of the Deployment that is there."""

# %% cell: give-path
import json

scorer = json.loads(apps.read_namespaced_deployment("scorer", namespace, _preload_content=False).data)
del scorer["status"]
scorer["metadata"] = {"name": "scorer"}
os.makedirs("kust", exist_ok=True)
with open("kust/scorer.json", "w") as file:
    json.dump(scorer, file)
with open("kust/kustomization.yaml", "w") as file:
    file.write("""
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [scorer.json]
configMapGenerator:
  - name: scorer-settings
    literals: [MODEL_PATH=/models/autumn.json]
secretGenerator:
  - name: scorer-token
    envs: [token.env]
patches:
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: scorer}
      spec:
        template:
          spec:
            containers:
              - name: scorer
                envFrom:
                  - configMapRef: {name: scorer-settings}
                  - secretRef: {name: scorer-token}
""")

# %% cell: give-token
#| !echo "FEATURES_TOKEN=$(cat token.txt)" > kust/token.env
#| !kubectl apply -k kust
#| !rm kust/token.env
