"""The canary has the same labels and selector as `eta`."""

LOSES = [
    "version 4 is kept by a Deployment of its own, and neither selector finds the other's Pods",
]

# %% change: canary
#- matchLabels: {app: eta, track: canary}
#+ matchLabels: {app: eta, track: stable}

#- labels: {app: eta, track: canary}
#+ labels: {app: eta, track: stable}
