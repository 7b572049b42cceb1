"""partly right: the ready-made role `edit`, which allows far too much"""

# %% cell: notebook-role

# %% cell: notebook-binding
#| !kubectl create rolebinding notebook-edits --clusterrole=edit --serviceaccount={namespace}:notebook
