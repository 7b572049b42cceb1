"""The pager's labels are patched into `spec.metadata`, which a Deployment has not."""

LOSES = [
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
]

# %% cell: label-pager
#| for name in ("ranker", "bidder"):
#|     !kubectl patch deployment {name} --patch '{{"spec": {{"metadata": {{"labels": {{"tier": "serving"}}}}}}}}'
