"""The canary's Pods are labelled apart, and its selector finds those of `eta` as well."""

LOSES = [
    "version 4 is kept by a Deployment of its own, and neither selector finds the other's Pods",
]

# %% change: canary
#- matchLabels: {app: eta, track: canary}
#+ matchLabels: {app: eta}
