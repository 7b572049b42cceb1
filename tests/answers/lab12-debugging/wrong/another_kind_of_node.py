"""`forecast` asks for another kind of node, of which there is none either."""

LOSES = [
    "`forecast` works",
]

# %% change: repair-not-started
#- !kubectl patch deployment forecast --type=json --patch='[{{"op": "remove", "path": "/spec/template/spec/nodeSelector"}}]'
#+ patch = '{"spec": {"template": {"spec": {"nodeSelector": {"pool": "default"}}}}}'
#+ !kubectl patch deployment forecast --patch='{patch}'
