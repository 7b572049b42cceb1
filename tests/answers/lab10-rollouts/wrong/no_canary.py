"""A fifth copy of version 2 in place of a canary."""

LOSES = [
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
    "version 4 is kept by a Deployment of its own, and neither selector finds the other's Pods",
]

# %% cell: canary
#| !kubectl scale deployment eta --replicas=5
#| !kubectl rollout status deployment/eta --timeout=60s
