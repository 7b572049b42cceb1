"""There is no DaskCluster: scheduler, Service and workers are made by hand, and compute."""

LOSES = [
    "the operator has made a scheduler and workers of the DaskCluster `sweep`",
    "`sweep` has two workers, and both are registered with its scheduler",
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
    "scaled to three, `sweep` has three workers registered with its scheduler",
    "each Pod of the operator, the scheduler and the workers has the label `team=forecast`",
    "a worker whose Pod is deleted is replaced, and the next one registers",
]

# %% cell: cluster
#| %%apply
#| apiVersion: v1
#| kind: Service
#| metadata:
#|   name: sweep-scheduler
#| spec:
#|   selector: {app: scheduler}
#|   ports:
#|     - {name: tcp-comm, port: 8786}
#|     - {name: http-dashboard, port: 8787}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: scheduler
#| spec:
#|   selector: {matchLabels: {app: scheduler}}
#|   template:
#|     metadata:
#|       labels: {app: scheduler, team: forecast}
#|     spec:
#|       containers:
#|         - name: scheduler
#|           image: localhost:5000/dask:1
#|           command: [dask, scheduler]
#|           resources:
#|             limits: {memory: 144Mi}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: workers
#| spec:
#|   replicas: 2
#|   selector: {matchLabels: {app: workers}}
#|   template:
#|     metadata:
#|       labels: {app: workers, team: forecast}
#|     spec:
#|       containers:
#|         - name: worker
#|           image: localhost:5000/dask:1
#|           command: [dask, worker, "tcp://sweep-scheduler:8786", --no-nanny, --nthreads, "1"]
#|           resources:
#|             limits: {memory: 160Mi}
