"""The binding names the account of that name in another team's namespace."""

LOSES = [
    "`retrainer` may create Jobs and look one up, and nothing else",
]

# %% change: guard
#- - kind: ServiceAccount
#-   name: retrainer
#+ - kind: ServiceAccount
#+   name: retrainer
#+   namespace: data-team
