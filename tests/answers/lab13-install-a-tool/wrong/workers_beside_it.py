"""The DaskCluster has no workers, and two that were made by hand register with its scheduler."""

LOSES = [
    "`sweep` has two workers, and both are registered with its scheduler",
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% change: cluster
#- replicas: 2
#+ replicas: 0

# %% after: cluster
Path("workers.yaml").write_text("""\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: workers
spec:
  replicas: 2
  selector: {matchLabels: {app: workers}}
  template:
    metadata:
      labels: {app: workers}
    spec:
      containers:
        - name: worker
          image: localhost:5000/dask:1
          command: [dask, worker, "tcp://sweep-scheduler:8786", --no-nanny, --nthreads, "1"]
          resources:
            limits: {memory: 112Mi}
""")
#| %apply workers.yaml
