"""The worked example was never tidied up, and its bell goes on failing."""

# %% cell: record-findings
facts = "--from-literal=port=8317 --from-literal=address=http://inbox:9300 --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
#| !kubectl create deployment bell --image=localhost:5000/python:1 -- python -c "open('/srv/tune.txt')"
#| !kubectl create deployment clock --image=localhost:5000/python:1 -- python -m http.server 7411
#| !kubectl expose deployment clock --port=7400 --target-port=7411
