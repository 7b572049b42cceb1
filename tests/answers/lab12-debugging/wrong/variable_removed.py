"""The setting that `pricer` stumbled over was taken away altogether."""

LOSES = [
    "`pricer` works, in euros",
]

# %% change: repair-restarting
#- !kubectl set env deployment/pricer CURRENCY=EUR
#+ !kubectl set env deployment/pricer CURRENCY-
