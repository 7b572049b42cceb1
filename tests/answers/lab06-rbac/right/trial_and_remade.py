"""The ready-made ClusterRoles are tried on another account and unbound again; the account `notebook` is made anew."""

# %% cell: notebook-account
#| !kubectl create serviceaccount trial
#| !kubectl create serviceaccount notebook

# %% cell: notebook-role
#| import time
#|
#| # Does one of the ready-made ones fit? Try them on an account that nobody uses.
#| for ready_made in ["course:worker-runner", "course:editor", "view"]:
#|     !kubectl create rolebinding trial --clusterrole={ready_made} --serviceaccount={namespace}:trial
#|     time.sleep(1)
#|     for verb, resource in [("create", "pods"), ("get", "pods/log"), ("update", "pods"), ("create", "pods/exec"), ("list", "configmaps")]:
#|         print(ready_made, "yes" if may("trial", verb, resource) else "no ", verb, resource)
#|     !kubectl delete rolebinding trial
#|
#| # I would rather know what is in it: my own.
#| !kubectl create role too-little --verb=list --resource=pods
#| !kubectl create role run-workers --verb=create,delete,get,list,watch --resource=pods
#| !kubectl create role read-logs --verb=get --resource=pods/log

# %% cell: notebook-binding
#| !kubectl create rolebinding notebook --role=too-little --serviceaccount={namespace}:notebook
#| # A binding points at the same Role for ever: away with it, and once more.
#| !kubectl delete rolebinding notebook
#| !kubectl create rolebinding notebook --role=run-workers --serviceaccount={namespace}:notebook
#| !kubectl create rolebinding notebook-logs --role=read-logs --serviceaccount={namespace}:notebook
#| # A new account of the same name, in case somebody took a token of the old one.
#| !kubectl delete serviceaccount notebook
#| !kubectl create serviceaccount notebook
