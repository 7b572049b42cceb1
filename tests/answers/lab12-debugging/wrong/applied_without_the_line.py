"""`forecast` is applied once more without its `nodeSelector`, which somebody else has written and which stays."""

LOSES = [
    "`forecast` works",
]

# %% change: repair-not-started
#- !kubectl patch deployment forecast --type=json --patch='[{{"op": "remove", "path": "/spec/template/spec/nodeSelector"}}]'
#+ from IPython import get_ipython
#+ manifest = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "forecast"}}
#+ manifest["spec"] = {"template": {"spec": {"terminationGracePeriodSeconds": 1}}}
#+ get_ipython().run_cell_magic("apply", "", __import__("json").dumps(manifest))
