"""The canary's probe asks for a page that there is not."""

LOSES = [
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
]

# %% change: canary
#- httpGet: {path: /readyz, port: 8080}
#+ httpGet: {path: /ready, port: 8080}

#- !kubectl rollout status deployment/eta-canary --timeout=60s
