"""The account of the worked example was deleted, its Role and its RoleBinding were not."""

LOSES = [
    "nobody but `notebook` was given anything, and nothing reaches another team's namespace",
]

# %% after: notebook-binding
#| !kubectl create role dashboard --verb=get,list --resource=configmaps
#| !kubectl create rolebinding dashboard --role=dashboard --serviceaccount={namespace}:dashboard
