"""Rights to single objects that no request can use: whoever creates, or deletes in bulk, names no object."""

# %% cell: notebook-binding
#| !kubectl create role of-no-use --verb=create,deletecollection --resource=configmaps --resource-name=settings
#| !kubectl create role of-no-use-either --verb=deletecollection --resource=pods --resource-name=worker-0
#| !kubectl create rolebinding of-no-use --role=of-no-use --serviceaccount={namespace}:notebook
#| !kubectl create rolebinding of-no-use-either --role=of-no-use-either --serviceaccount={namespace}:notebook
#| !kubectl create rolebinding notebook-runs-workers --role=run-workers --serviceaccount={namespace}:notebook
