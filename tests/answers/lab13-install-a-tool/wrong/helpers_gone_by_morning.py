"""A group of helpers computes with the two workers, and is deleted when the sweep is done."""

LOSES = [
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% before: compute
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
        time.sleep(2)


Path("helpers.yaml").write_text("""\
apiVersion: kubernetes.dask.org/v1
kind: DaskWorkerGroup
metadata:
  name: night
  labels: {team: forecast}
spec:
  cluster: sweep
  worker:
    replicas: 1
    spec:
      containers:
        - name: worker
          image: localhost:5000/dask:1
          command: [dask, worker, --name, $(DASK_WORKER_NAME), --no-nanny, --nthreads, "1"]
          resources:
            requests: {cpu: 50m, memory: 100Mi}
            limits: {memory: 150Mi}
""")
until_registered(2, 25)
#| %apply helpers.yaml
until_registered(3, 30)

# %% after: compute
#| !kubectl delete daskworkergroup night --cascade=foreground --timeout=40s
until_registered(2, 15)
