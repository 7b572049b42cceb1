"""Both lines are left out of what is applied, which takes nothing away."""

LOSES = [
    "`tokenizer` has two Pods ready, and none on a node of the pool",
    "`tokenizer` tolerates the taint of the pool no more, and asks for no GPU",
]

# %% change: place-tokenizer
#- tolerations: []
#- nodeSelector: {}
#+ terminationGracePeriodSeconds: 1
