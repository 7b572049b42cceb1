"""Each step is done wrong at first, and put right: rights, operator, cluster, and what is kept of the sweep."""

# %% before: rights
#| !kubectl apply -f rendered.yaml
#| !kubectl delete deployment dask-operator --ignore-not-found
#| kinds = "daskclusters.kubernetes.dask.org,daskworkergroups.kubernetes.dask.org,deployments.apps,services,pods"
#| !kubectl create role dask-operator --verb=get,list,watch,create,patch,delete --resource={kinds}
#| !kubectl create rolebinding dask-operator --role=dask-operator --serviceaccount={namespace}:default
#| !kubectl delete rolebinding dask-operator

# %% change: operator
#- labels: {app: dask-operator, team: forecast}
#+ labels: {app: dask-operator}

#- - --namespace=$(POD_NAMESPACE)
#+ - --all-namespaces

#- !kubectl rollout status deployment/dask-operator --timeout=60s

# %% after: operator
import json

Path("repair.json").write_text(json.dumps([
    {"op": "replace", "path": "/spec/template/spec/containers/0/args/1", "value": "--namespace=$(POD_NAMESPACE)"},
    {"op": "add", "path": "/spec/template/metadata/labels/team", "value": "forecast"},
]))
#| !kubectl patch deployment dask-operator --type=json --patch-file=repair.json
#| !kubectl rollout status deployment/dask-operator --timeout=120s

# %% before: cluster
import json
import subprocess
import time


def until_registered(number, seconds):
    path = f"/api/v1/namespaces/{namespace}/services/sweep-scheduler:8787/proxy/json/counts.json"
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        said = subprocess.run(["kubectl", "get", "--raw", path], capture_output=True, text=True).stdout
        if said and json.loads(said)["workers"] == number:
            break
        time.sleep(1)


Path("first.yaml").write_text("""\
apiVersion: kubernetes.dask.org/v1
kind: DaskCluster
metadata:
  name: sweep
  labels: {team: bakers}
spec:
  scheduler:
    spec:
      containers:
        - name: scheduler
          image: localhost:5000/dask:1
          command: [dask, scheduler]
          ports:
            - {name: tcp-comm, containerPort: 8786}
            - {name: http-dashboard, containerPort: 8787}
          resources: {}
    service:
      type: ClusterIP
      selector: {dask.org/cluster-name: sweep, dask.org/component: scheduler}
      ports:
        - {name: tcp-comm, port: 8786, targetPort: tcp-comm}
        - {name: http-dashboard, port: 8787, targetPort: http-dashboard}
  worker:
    replicas: 1
    spec:
      containers:
        - name: worker
          image: localhost:5000/dask:1
          command: [dask, worker]
          resources: {}
""")
#| %apply first.yaml
#| !kubectl wait --for=create deployment/sweep-scheduler --timeout=20s
deadline = time.monotonic() + 15
while time.monotonic() < deadline:
    made = subprocess.run(["kubectl", "get", "deployments", "-o", "name"], capture_output=True, text=True).stdout
    if "sweep-default-worker-" in made:
        break
    time.sleep(1)
#| !kubectl delete daskcluster sweep --cascade=foreground --timeout=55s

# %% change: cluster
#- replicas: 2
#+ replicas: 3

# %% after: cluster
until_registered(3, 45)
#| !kubectl scale daskcluster/sweep --replicas=2
until_registered(2, 30)

# %% before: compute
until_registered(2, 30)

# %% change: compute
#- %apply job.yaml
#+ %apply job.yaml
#+ !kubectl logs job/sweep > result.json
#+ !kubectl create configmap result --from-file=result.json

#- !kubectl create configmap result --from-file=result.json --dry-run=client -o yaml | kubectl apply -f -
#+ !kubectl delete configmap result --ignore-not-found
#+ !kubectl create configmap result --from-file=result.json
