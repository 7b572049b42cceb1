"""The squatter is thrown out altogether."""

LOSES = [
    "`tokenizer` has two Pods ready, and none on a node of the pool",
    "`tokenizer` tolerates the taint of the pool no more, and asks for no GPU",
]

# %% cell: place-tokenizer
#| !kubectl delete deployment tokenizer
