"""A second group of workers was made by hand, and the operator has taken it up."""

LOSES = [
    "`sweep` has two workers, and both are registered with its scheduler",
]

# %% after: cluster
Path("more.yaml").write_text("""\
apiVersion: kubernetes.dask.org/v1
kind: DaskWorkerGroup
metadata:
  name: sweep-more
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
            requests: {cpu: 50m, memory: 96Mi}
            limits: {memory: 160Mi}
""")
#| %apply more.yaml
