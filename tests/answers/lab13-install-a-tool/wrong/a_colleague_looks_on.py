"""A second Role lets a colleague read what there is of it."""

LOSES = [
    "nobody but the operator's account was given any rights in the namespace",
]

# %% after: rights
#| !kubectl create role looks-on --verb=get,list --resource=daskclusters.kubernetes.dask.org
#| !kubectl create rolebinding looks-on --role=looks-on --user=maren
