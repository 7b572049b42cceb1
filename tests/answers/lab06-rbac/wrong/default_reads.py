"""The ready-made role `view` is bound to the account `default`, for the dashboard."""

LOSES = [
    "nobody but `notebook` was given anything, and nothing reaches another team's namespace",
]

# %% after: notebook-binding
#| !kubectl create rolebinding look-around --clusterrole=view --serviceaccount={namespace}:default
