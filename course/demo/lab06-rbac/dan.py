"""wrong: asks for cluster-admin, which nobody can give who is not one"""

# %% cell: notebook-role

# %% cell: notebook-binding
#| !kubectl create rolebinding notebook-may-everything --clusterrole=cluster-admin --serviceaccount={namespace}:notebook
