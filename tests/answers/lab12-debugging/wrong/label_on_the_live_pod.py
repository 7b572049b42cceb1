"""`lookup`'s Pod gets the label that is missing by hand, and its template does not."""

LOSES = [
    "what comes in the place of a Pod that works gets requests and answers them as well",
]

# %% change: repair-unreachable
#- !kubectl patch service lookup --type=json --patch='[{{"op": "remove", "path": "/spec/selector/release"}}]'
#+ !kubectl label pods -l app=lookup release=stable
