"""The ConfigMap is made in step 1 and gets its last two keys in step 2."""

# %% cell: look-server
facts = "--from-literal=port=8317 --from-literal=address=http://inbox:9300"
facts += " --from-literal=version=1 --from-literal=label=serves=inbox"
#| !kubectl create configmap findings {facts}

# %% cell: look-restarts
patch = '{"data": {"crashing": "digest", "missing": "DIGEST_TO"}}'
#| !kubectl patch configmap findings --patch='{patch}'

# %% cell: record-findings
