"""right: three small Roles instead of one"""

# %% cell: notebook-role
#| !kubectl create role start-and-stop --verb=create,delete --resource=pods
#| !kubectl create role look --verb=get,list,watch --resource=pods
#| !kubectl create role read-logs --verb=get --resource=pods/log

# %% cell: notebook-binding
#| for role in ("start-and-stop", "look", "read-logs"):
#|     !kubectl create rolebinding notebook-{role} --role={role} --serviceaccount={namespace}:notebook
