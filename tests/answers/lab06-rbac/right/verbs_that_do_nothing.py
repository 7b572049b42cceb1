"""Verbs that no request has, or that Pods or logs do not have, give nobody anything."""

# %% change: notebook-role
#- verbs: [create, get, list, watch, delete]
#+ verbs: [create, get, list, watch, delete, start, stop]

#- verbs: [get]
#+ verbs: ["*"]
