"""The claim asks for 1Gi, to be on the safe side."""

LOSES = [
    "the claims in the namespace ask for at most 32Mi in all, and one of them is bound",
]

# %% change: storage-claim
#- "resources": {"requests": {"storage": "16Mi"}},
#+ "resources": {"requests": {"storage": "1Gi"}},
