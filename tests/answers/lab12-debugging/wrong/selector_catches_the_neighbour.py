"""`lookup`'s Service selects another workload, which answers at once."""

LOSES = [
    "`lookup` works, and is reached through its Service",
]

# %% cell: repair-unreachable
#| patch = '[{"op": "replace", "path": "/spec/selector", "value": {"app": "forecast"}}]'
#| !kubectl patch service lookup --type=json --patch='{patch}'
