"""`forecast` would still rather run where the fast disks are, if there were any."""

# %% change: repair-not-started
#- !kubectl patch deployment forecast --type=json --patch='[{{"op": "remove", "path": "/spec/template/spec/nodeSelector"}}]'
#+ term = {"matchExpressions": [{"key": "pool", "operator": "In", "values": ["batch-nvme"]}]}
#+ wishes = [{"weight": 50, "preference": term}]
#+ pod = {"nodeSelector": None, "affinity": {"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": wishes}}}
#+ apps.patch_namespaced_deployment("forecast", namespace, {"spec": {"template": {"spec": pod}}})
