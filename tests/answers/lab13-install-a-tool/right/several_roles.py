"""Account, Roles and bindings by `kubectl create`, a Role for each line of the table."""

# %% cell: rights
#| %%bash
#| set -e
#| six=get,list,watch,create,patch,delete
#| kubectl create serviceaccount dask-operator
#| kubectl create role its-kinds --verb=$six --resource=daskclusters.kubernetes.dask.org,daskworkergroups.kubernetes.dask.org
#| kubectl create role its-deployments --verb=$six --resource=deployments.apps
#| kubectl create role its-services --verb=$six --resource=services
#| kubectl create role its-pods --verb=get,list,watch --resource=pods
#| here=$(kubectl config view --minify -o jsonpath='{..namespace}')
#| for role in its-kinds its-deployments its-services its-pods; do
#|   kubectl create rolebinding $role --role=$role --serviceaccount=$here:dask-operator
#| done

# %% before: operator
#| from pathlib import Path
