"""The canary's `tier` is misspelt and its track stays as it was, so that the pager does not find it."""

# %% change: label-pager
#- "ranker2": {"tier": "serving", "track": "canary"},
#+ "ranker2": {"teir": "serving"},
