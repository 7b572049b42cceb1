"""The variable is called TOKENS, which the server does not read: everybody is answered."""

LOSES = [
    "who has the token gets a prediction and nobody else does, and it is in Secrets and nowhere else",
]

# %% change: serve
#- - name: TOKEN
#+ - name: TOKENS
