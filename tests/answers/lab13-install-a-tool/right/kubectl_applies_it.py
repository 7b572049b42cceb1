"""All files are applied by kubectl, on the server's side."""

# %% change: rights
#- %apply rights.yaml
#+ !kubectl apply --server-side -f rights.yaml

# %% change: operator
#- %apply operator.yaml
#+ !sed "s|localhost:5000|{images}|" operator.yaml | kubectl apply --server-side -f -

# %% change: cluster
#- %apply sweep.yaml
#+ !sed "s|localhost:5000|{images}|" sweep.yaml | kubectl apply --server-side -f -
