"""The sweep runs inside the scheduler's Pod, which has room for it."""

# %% change: cluster
#- limits: {memory: 144Mi}
#+ limits: {memory: 260Mi}

# %% cell: compute
#| %%bash
#| kubectl get configmap handover -o jsonpath='{.data.sweep\.py}' > sweep.py
#| kubectl get configmap handover -o jsonpath='{.data.season\.json}' > season.json
#| for file in sweep.py season.json; do
#|   kubectl exec -i deployment/sweep-scheduler -- sh -c "cat > /tmp/$file" < $file
#| done
#| kubectl exec deployment/sweep-scheduler -- env SCHEDULER=tcp://localhost:8786 python3 /tmp/sweep.py | tee all.txt
#| tail -n 1 all.txt > result.json
#| kubectl create configmap result --from-file=result.json
