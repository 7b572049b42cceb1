"""The canary got an `app` of its own, and the Service does not send to it."""

LOSES = [
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
]

# %% change: canary
#- matchLabels: {app: eta, track: canary}
#+ matchLabels: {app: eta-canary, track: canary}

#- labels: {app: eta, track: canary}
#+ labels: {app: eta-canary, track: canary}
