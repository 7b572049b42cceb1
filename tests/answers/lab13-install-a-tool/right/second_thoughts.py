"""A first cluster said nothing of what it needs; it is deleted, and a second one made under its name."""

# %% before: cluster
Path("first.yaml").write_text("""\
apiVersion: kubernetes.dask.org/v1
kind: DaskCluster
metadata:
  name: sweep
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
""")
#| %apply first.yaml
#| !kubectl wait --for=create daskworkergroup/sweep-default --timeout=60s
#| !kubectl wait --for=jsonpath='{{.metadata.ownerReferences[0].kind}}'=DaskCluster daskworkergroup/sweep-default --timeout=60s
#| !kubectl delete daskcluster sweep --cascade=foreground
