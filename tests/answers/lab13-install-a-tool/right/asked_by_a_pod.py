"""The sweep runs in a bare Pod, and its result is written neatly."""

# %% cell: compute
#| import json
#|
Path("pod.yaml").write_text("""\
apiVersion: v1
kind: Pod
metadata:
  name: sweeps
spec:
  restartPolicy: OnFailure
  containers:
    - name: sweep
      image: localhost:5000/dask:1
      workingDir: /srv/sweep
      command: [python3, sweep.py]
      env:
        - {name: SCHEDULER, value: "tcp://sweep-scheduler:8786"}
      resources:
        limits: {cpu: 500m, memory: 150Mi}
        requests: {cpu: 20m, memory: 64Mi}
      volumeMounts:
        - {name: all, mountPath: /srv/sweep}
  volumes:
    - {name: all, configMap: {name: handover}}
""")
#| %apply pod.yaml
#| !kubectl wait --for=jsonpath='{{.status.phase}}'=Succeeded pod/sweeps --timeout=150s
#| !kubectl logs sweeps > all.txt
result = json.loads(Path("all.txt").read_text().splitlines()[-1])
kept = {"result.json": json.dumps(result, indent=2, sort_keys=True), "by": "me"}
core.create_namespaced_config_map(namespace, {"metadata": {"name": "result"}, "data": kept})
