"""The canary is of the version that never comes up."""

LOSES = [
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
    "version 4 is kept by a Deployment of its own, and neither selector finds the other's Pods",
]

# %% change: canary
#- - {name: VERSION, value: "4"}
#+ - {name: VERSION, value: "3"}

#- !kubectl rollout status deployment/eta-canary --timeout=60s
