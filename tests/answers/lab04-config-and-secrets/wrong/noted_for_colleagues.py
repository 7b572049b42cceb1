"""The token is in an annotation, so that colleagues find it."""

LOSES = [
    "the token is in no object of the namespace but Secrets",
]

# %% after: clear-sight
#| !kubectl annotate deployment scorer example.com/features-token="$(cat token.txt)"
