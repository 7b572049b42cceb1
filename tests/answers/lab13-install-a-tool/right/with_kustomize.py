"""The colleague's file stays as it is: kustomize takes out what is too much and puts in what is missing."""

# %% cell: rights
#| from pathlib import Path
#|
Path("kustomization.yaml").write_text(f"""\
resources: [rendered.yaml]
images:
  - name: localhost:5000/dask
    newName: {images}/dask
patches:
  - target: {{kind: Role, name: dask-operator-role}}
    patch: |
      - op: replace
        path: /rules
        value:
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
  - target: {{kind: RoleBinding, name: dask-operator-rolebinding}}
    patch: |
      - op: remove
        path: /subjects/0/namespace
  - target: {{kind: Deployment, name: dask-operator}}
    patch: |
      - op: remove
        path: /spec/template/spec/containers/0/ports
      - op: replace
        path: /spec/template/spec/containers/0/args/1
        value: --namespace={namespace}
      - op: add
        path: /spec/template/metadata/labels/team
        value: forecast
      - op: replace
        path: /spec/template/spec/containers/0/resources
        value:
          requests: {{cpu: 50m, memory: 128Mi}}
          limits: {{memory: 192Mi}}
""")
#| !kubectl apply -k .

# %% cell: operator
#| !kubectl rollout status deployment/dask-operator --timeout=60s
