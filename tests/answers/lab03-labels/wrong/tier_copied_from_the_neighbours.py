"""`bidder` gets the `tier` that the neighbours' server has, for which the pager does not ask."""

LOSES = [
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
]

# %% change: label-pager
#- "bidder": {"tier": "serving"},
#+ "bidder": {"tier": "backend"},
