"""Each server may take 200Mi: a rollout that takes one away first goes well, and four do not fit."""

LOSES = [
    "scaled to four, `triage` has four ready Pods",
]

# %% change: serve
#- maxUnavailable: 0
#- maxSurge: 1
#+ maxUnavailable: 1
#+ maxSurge: 0

#- limits: {cpu: 500m, memory: 96Mi}
#+ limits: {cpu: 500m, memory: 200Mi}
