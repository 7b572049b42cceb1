"""Five of version 2 and one of version 4 is one in six."""

LOSES = [
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
]

# %% after: canary
#| !kubectl scale deployment eta --replicas=5
#| !kubectl rollout status deployment/eta --timeout=60s
