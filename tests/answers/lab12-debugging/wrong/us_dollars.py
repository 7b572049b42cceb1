"""`pricer` runs, with the first currency that it took, and that is dollars."""

LOSES = [
    "`pricer` works, in euros",
]

# %% change: repair-restarting
#- !kubectl set env deployment/pricer CURRENCY=EUR
#+ !kubectl set env deployment/pricer CURRENCY=USD
