"""The result is typed in."""

LOSES = [
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% cell: compute
made_up = '{"best": [0.2, 0.05], "errors": [], "workers": {"sweep-default-worker-0": 24}, "scheduler": "Scheduler-0"}'
core.create_namespaced_config_map(namespace, {"metadata": {"name": "result"}, "data": {"result.json": made_up}})
