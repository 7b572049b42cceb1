"""The scheduler's Service has the port for work and not the one for questions."""

LOSES = [
    "`sweep` has two workers, and both are registered with its scheduler",
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
    "scaled to three, `sweep` has three workers registered with its scheduler",
    "a worker whose Pod is deleted is replaced, and the next one registers",
]

# %% change: cluster
#- - {name: http-dashboard, port: 8787, targetPort: http-dashboard}
