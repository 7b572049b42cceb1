"""Only memory is added up, and as if all were smaller already: one more of `clicks` is too much for the CPU."""

LOSES = [
    "a restart replaces every Pod of a trainer that has all of them, and it has all of them again",
]

# %% after: make-room
#| !kubectl rollout status deployment/clicks --timeout=150s

# %% cell: fit-clicks
#| !kubectl set resources deployment clicks --limits=memory=160Mi
