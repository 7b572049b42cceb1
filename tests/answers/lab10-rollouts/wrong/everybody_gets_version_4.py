"""Version 4 is rolled out to all, and there is no canary."""

LOSES = [
    "`eta` is rolled out, and has at least four ready Pods, all of version 2",
    "version 3 was a revision of `eta`, and its newest revision is version 2",
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
    "version 4 is kept by a Deployment of its own, and neither selector finds the other's Pods",
]

# %% cell: canary
#| !kubectl set env deployment/eta VERSION=4
#| !kubectl rollout status deployment/eta --timeout=90s
