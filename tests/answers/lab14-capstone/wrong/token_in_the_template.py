"""The token is a plain variable, and a Secret with another one lies beside it."""

LOSES = [
    "who has the token gets a prediction and nobody else does, and it is in Secrets and nowhere else",
]

# %% change: serve
#- - name: TOKEN
#-   valueFrom: {secretKeyRef: {name: triage-token, key: TOKEN}}
#+ - {name: TOKEN, value: 4f1d8a2c9b7e6035d1a4}
