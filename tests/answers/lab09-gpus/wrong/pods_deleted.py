"""The tokenizer's Pods are deleted, and made again where they were."""

LOSES = [
    "`tokenizer` has two Pods ready, and none on a node of the pool",
    "`tokenizer` tolerates the taint of the pool no more, and asks for no GPU",
]

# %% cell: place-tokenizer
#| !kubectl delete pods -l app=tokenizer --wait=false
