"""The colleague's file is read, and lines of it are replaced."""

# %% cell: rights
#| from pathlib import Path
#|
TABLE = """\
rules:
  - apiGroups: [kubernetes.dask.org]
    resources: [daskclusters, daskworkergroups]
    verbs: [get, list, watch, create, patch, delete]
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get, list, watch, create, patch, delete]
  - apiGroups: [""]
    resources: [services]
    verbs: [get, list, watch, create, patch, delete]
  - apiGroups: [""]
    resources: [pods]
    verbs: [get, list, watch]
---
# Source: dask-kubernetes-operator/templates/rolebinding.yaml
"""
text = Path("rendered.yaml").read_text()
before, _, rest = text.partition("rules:\n")
text = before + TABLE + rest.partition("# Source: dask-kubernetes-operator/templates/rolebinding.yaml\n")[2]
for old, new in {
    "    namespace: default\n": "",
    "              hostPort: 8080\n": "",
    "--all-namespaces": f"--namespace={namespace}",
    "          resources: {}\n": "          resources: {limits: {cpu: 500m, memory: 200Mi}, requests: {cpu: 20m, memory: 100Mi}}\n",
    "      labels:\n        app.kubernetes.io/name": "      labels:\n        team: forecast\n        app.kubernetes.io/name",
}.items():
    assert text.count(old) == 1, old
    text = text.replace(old, new)
Path("operator.yaml").write_text(text)

# %% cell: operator
#| %apply operator.yaml
#| !kubectl rollout status deployment/dask-operator --timeout=60s
