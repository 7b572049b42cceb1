"""The sweep has run twice, and the second result is kept."""

# %% after: compute
#| !kubectl delete job sweep
#| %apply job.yaml
#| !kubectl wait --for=condition=complete job/sweep --timeout=150s
#| !kubectl logs job/sweep | tail -n 1 > result.json
#| !kubectl create configmap result --from-file=result.json --dry-run=client -o yaml | kubectl apply -f -
