"""Everything is made in a namespace that is written into the answer."""

LOSES = [
    "the ServiceAccount `notebook` exists",
    "`notebook` may start worker Pods and remove them",
    "`notebook` may see its workers: look one up, list them, watch them",
    "`notebook` may read the logs of its workers",
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
    "`notebook` may neither read Secrets nor step into a running Pod",
    "nobody but `notebook` was given anything, and nothing reaches another team's namespace",
]

# %% cell: notebook-account
#| !kubectl -n team-a create serviceaccount notebook

# %% cell: notebook-role
#| !kubectl -n team-a create role run-workers --verb=create,get,list,watch,delete --resource=pods

# %% cell: notebook-binding
#| !kubectl -n team-a create rolebinding notebook --role=run-workers --serviceaccount=team-a:notebook
