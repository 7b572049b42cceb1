"""What `kubectl get pods` shows, for a reason."""

LOSES = [
    "`missing` is the environment variable whose absence ends that program",
]

# %% cell: record-findings
facts = "--from-literal=port=8317 --from-literal=address=http://inbox:9300 --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=CrashLoopBackOff"
#| !kubectl create configmap findings {facts}
