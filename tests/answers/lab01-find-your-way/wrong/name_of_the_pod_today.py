"""The Pod's name, looked up on the spot: it is right today, and the Deployment's was asked for."""

LOSES = [
    "`crashing` is the Deployment whose Pod ends again and again",
]

# %% cell: record-findings
#| pods = !kubectl get pods -l app=digest -o name
facts = "--from-literal=port=8317 --from-literal=address=http://inbox:9300 --from-literal=version=1"
facts += f" --from-literal=label=serves=inbox --from-literal=crashing={pods[0].partition('/')[2]} --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
