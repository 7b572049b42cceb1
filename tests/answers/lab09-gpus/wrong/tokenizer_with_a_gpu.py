"""If it is to stay, it shall at least have a GPU: the tokenizer asks for one of its own."""

LOSES = [
    "`tokenizer` has two Pods ready, and none on a node of the pool",
    "`tokenizer` tolerates the taint of the pool no more, and asks for no GPU",
]

# %% change: place-tokenizer
#- tolerations: []
#- nodeSelector: {}
#+ containers:
#+   - name: tokenizer
#+     resources:
#+       limits: {nvidia.com/gpu: 1}
