"""The result is one of another season: a colleague's."""

LOSES = [
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% after: compute
#| !kubectl get configmap handover -o jsonpath='{{.data.sweep\.py}}' > sweep.py
#| !kubectl create configmap another --from-file=sweep.py --from-literal=season.json='{{"season": "lab13-maren"}}'
Path("another.yaml").write_text(Path("job.yaml").read_text().replace("configMap: {name: handover}", "configMap: {name: another}"))
#| !kubectl delete job sweep
#| %apply another.yaml
#| !kubectl wait --for=condition=complete job/sweep --timeout=150s
#| !kubectl logs job/sweep | tail -n 1 > result.json
#| !kubectl create configmap result --from-file=result.json --dry-run=client -o yaml | kubectl apply -f -
