"""Kustomize makes it all of a copy of the file, at once; a second DaskCluster, without workers, stays as well."""

# %% cell: rights
import shutil
from pathlib import Path

kit = Path("kit")
kit.mkdir(exist_ok=True)
shutil.copy("rendered.yaml", kit / "hers.yaml")
(kit / "kustomization.yaml").write_text("""\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [hers.yaml]
labels:
  - pairs: {team: forecast}
    includeTemplates: true
patches:
  - target: {kind: Role, name: dask-operator-role}
    patch: |-
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
  - target: {kind: RoleBinding, name: dask-operator-rolebinding}
    patch: |-
      - op: remove
        path: /subjects/0/namespace
  - target: {kind: Deployment, name: dask-operator}
    patch: |-
      - op: remove
        path: /spec/template/spec/containers/0/ports/0/hostPort
      - op: replace
        path: /spec/template/spec/containers/0/args/1
        value: --namespace=$(POD_NAMESPACE)
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value:
          name: POD_NAMESPACE
          valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
      - op: replace
        path: /spec/template/spec/containers/0/resources
        value:
          requests: {cpu: 50m, memory: 128Mi}
          limits: {memory: 200Mi}
""")
#| !kubectl kustomize kit > built.yaml
#| %apply built.yaml

# %% cell: operator
#| !kubectl rollout status deployment/dask-operator --timeout=120s

# %% change: cluster
#- labels: {team: forecast}
#+ labels: {team: forecast, app: bakeries, tier: compute}

#-             limits: {memory: 160Mi}
#+             limits: {memory: 140Mi}
#+ ---
#+ apiVersion: kubernetes.dask.org/v1
#+ kind: DaskCluster
#+ metadata:
#+   name: rehearsal
#+   labels: {team: forecast}
#+ spec:
#+   scheduler:
#+     spec:
#+       containers:
#+         - name: scheduler
#+           image: localhost:5000/dask:1
#+           command: [dask, scheduler]
#+           ports:
#+             - {name: tcp-comm, containerPort: 8786}
#+             - {name: http-dashboard, containerPort: 8787}
#+           resources:
#+             requests: {cpu: 50m, memory: 90Mi}
#+             limits: {memory: 130Mi}
#+     service:
#+       type: ClusterIP
#+       selector: {dask.org/cluster-name: rehearsal, dask.org/component: scheduler}
#+       ports:
#+         - {name: tcp-comm, port: 8786, targetPort: tcp-comm}
#+         - {name: http-dashboard, port: 8787, targetPort: http-dashboard}
#+   worker:
#+     replicas: 0
#+     spec:
#+       containers:
#+         - name: worker
#+           image: localhost:5000/dask:1
#+           command: [dask, worker]
#+           resources:
#+             requests: {cpu: 50m, memory: 90Mi}
#+             limits: {memory: 140Mi}
