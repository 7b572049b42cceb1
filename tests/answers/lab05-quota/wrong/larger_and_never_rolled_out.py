"""`clicks` is given more memory to be safe, which would have to fit beside what runs."""

LOSES = [
    "a restart replaces every Pod of a trainer that has all of them, and it has all of them again",
]

# %% cell: fit-clicks
#| !kubectl rollout status deployment/titles --timeout=60s
#| !kubectl rollout status deployment/clicks --timeout=60s
#| !kubectl set resources deployment clicks --requests=cpu=140m,memory=160Mi --limits=cpu=500m,memory=256Mi
