"""The canary's tag does not exist."""

LOSES = [
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
    "version 4 is kept by a Deployment of its own, and neither selector finds the other's Pods",
]

# %% change: canary
#- image: localhost:5000/python:1
#+ image: localhost:5000/python:4

#- !kubectl rollout status deployment/eta-canary --timeout=60s
