"""The canary went into another namespace, and was refused there."""

LOSES = [
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
    "version 4 is kept by a Deployment of its own, and neither selector finds the other's Pods",
]

# %% change: canary
#- name: eta-canary
#+ name: eta-canary
#+ namespace: default

#- !kubectl rollout status deployment/eta-canary --timeout=60s
