"""The Service's selector is patched instead of the Pods' labels."""

LOSES = [
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
]

# %% cell: label-service
#| change = '{"spec": {"selector": {"model": null, "api": null, "app": "ranker"}}}'
#| !kubectl patch service ranking --patch '{change}'
