"""`lookup`'s Service selects what all five have in common."""

LOSES = [
    "`lookup` works, and is reached through its Service",
]

# %% cell: repair-unreachable
#| patch = '[{"op": "replace", "path": "/spec/selector", "value": {"team": "shop"}}]'
#| !kubectl patch service lookup --type=json --patch='{patch}'
