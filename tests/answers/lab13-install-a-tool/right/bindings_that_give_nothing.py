"""Bindings give nobody anything new; the sweep is done first in a Pod that is there for something else."""

# %% change: rights
#- kind: ServiceAccount
#+ kind: ServiceAccount
#+ automountServiceAccountToken: false

# %% after: rights
Path("more.yaml").write_text("""\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: operate-on-the-one}
rules:
  - apiGroups: [""]
    resources: [services]
    resourceNames: [sweep-scheduler]
    verbs: [get, patch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: operate-on-the-one}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: operate-on-the-one}
subjects:
  - {kind: ServiceAccount, name: dask-operator}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: some-day}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: nobody-yet}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: dask-operator}
subjects: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: nothing}
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: nothing-for-all}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: nothing}
subjects:
  - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:authenticated"}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: me}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: dask-operator}
subjects:
  - {kind: ServiceAccount, name: student}
""")
#| !kubectl apply --server-side --force-conflicts -f more.yaml

# %% change: operator
#- serviceAccountName: dask-operator
#+ serviceAccountName: dask-operator
#+ automountServiceAccountToken: true

#-           command: [kopf, run, --module=dask_kubernetes.operator.controller, /srv/namespaced.py]
#-           args:
#-             - --liveness=http://0.0.0.0:8080/healthz
#-             - --namespace=$(POD_NAMESPACE)
#+           command:
#+             - python3
#+             - -c
#+             - |
#+               import os
#+               here = open("/var/run/secrets/kubernetes.io/serviceaccount/namespace").read().strip()
#+               os.execvp("kopf", [
#+                   "kopf", "run", "--module=dask_kubernetes.operator.controller",
#+                   "--namespace=" + here, "--liveness=http://0.0.0.0:8080/healthz", "/srv/namespaced.py",
#+               ])

#- - name: POD_NAMESPACE
#- valueFrom: {fieldRef: {fieldPath: metadata.namespace}}

# %% cell: compute
import json
import subprocess

Path("bakery.yaml").write_text("""\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: bakery
spec:
  replicas: 1
  progressDeadlineSeconds: 170
  selector: {matchLabels: {app: bakery}}
  template:
    metadata:
      labels: {app: bakery}
    spec:
      terminationGracePeriodSeconds: 1
      initContainers:
        - name: sweep
          image: localhost:5000/dask:1
          command: [python3, /handover/sweep.py]
          env:
            - {name: SCHEDULER, value: "tcp://sweep-scheduler:8786"}
          resources:
            requests: {cpu: 50m, memory: 100Mi}
            limits: {memory: 150Mi}
          volumeMounts:
            - {name: handover, mountPath: /handover}
      containers:
        - name: ovens
          image: localhost:5000/dask:1
          command: [python3, -c, "import time; time.sleep(10**6)"]
          resources:
            requests: {cpu: 10m, memory: 32Mi}
            limits: {memory: 64Mi}
      volumes:
        - {name: handover, configMap: {name: handover}}
""")
#| %apply bakery.yaml
#| !kubectl create configmap result --from-literal=result.json=none
#| !kubectl rollout status deployment/bakery --timeout=150s
asked = ["kubectl", "logs", "deployment/bakery", "-c", "sweep"]
line = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip().splitlines()[-1]
patch = json.dumps({"data": {"result.json": line}})
subprocess.run(["kubectl", "patch", "configmap", "result", "--type=merge", "-p", patch], check=True)
#| !kubectl delete deployment bakery
