"""The sweep runs in a second container of the scheduler's Pod, and its log is read until the result is there."""

# %% change: cluster
#-             limits: {memory: 144Mi}
#-     service:
#+             limits: {memory: 144Mi}
#+         - name: tonight
#+           image: localhost:5000/dask:1
#+           command: [sh, -c, "python3 /handover/sweep.py && exec sleep infinity"]
#+           env:
#+             - {name: SCHEDULER, value: "tcp://localhost:8786"}
#+           resources:
#+             requests: {cpu: 50m, memory: 96Mi}
#+             limits: {memory: 160Mi}
#+           volumeMounts:
#+             - {name: handover, mountPath: /handover}
#+       volumes:
#+         - {name: handover, configMap: {name: handover}}
#+     service:

# %% cell: compute
#| %%bash
#| for i in $(seq 50); do
#|   kubectl logs deployment/sweep-scheduler --container=tonight --tail=1 > result.json
#|   grep -q '^{"best"' result.json && break
#|   sleep 3
#| done
#| kubectl create configmap result --from-file=result.json
