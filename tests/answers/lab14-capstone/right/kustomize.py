"""A kustomization makes ConfigMap and Secret, puts the label on everything, and applies the whole at once."""

# %% change: train-and-store
#- %apply train.yaml

# %% cell: settings-and-token
from pathlib import Path
import secrets

Path("token.env").write_text(f"TOKEN={secrets.token_hex(20)}\n")

# %% change: serve
#- %apply serve.yaml

# %% change: guard
#- %apply guard.yaml

# %% after: guard
from pathlib import Path

Path("kustomization.yaml").write_text("""
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
labels:
  - pairs: {app.kubernetes.io/part-of: triage}
    includeTemplates: true
configMapGenerator:
  - name: triage-settings
    literals: [THRESHOLD=1.5]
secretGenerator:
  - name: triage-token
    envs: [token.env]
resources: [train.yaml, serve.yaml, guard.yaml]
""")
#| !kubectl apply -k .
