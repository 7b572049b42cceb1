"""The strategy in percent: none more, and all of them may be away."""

# %% change: fit-clicks
#- one_after_the_other = {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}}
#+ one_after_the_other = {"rollingUpdate": {"maxSurge": "0%", "maxUnavailable": "100%"}}
