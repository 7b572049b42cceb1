"""With the canary there, somebody saves a copy of `eta`."""

LOSES = [
    "`eta` is rolled out, and has at least four ready Pods, all of version 2",
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
]

# %% after: canary
#| !kubectl scale deployment eta --replicas=3
#| !kubectl rollout status deployment/eta --timeout=60s
