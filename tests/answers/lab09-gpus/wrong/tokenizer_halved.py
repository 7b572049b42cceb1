"""The tokenizer leaves, and only one of it is left."""

LOSES = [
    "`tokenizer` has two Pods ready, and none on a node of the pool",
]

# %% after: place-tokenizer
#| !kubectl scale deployment tokenizer --replicas=1
