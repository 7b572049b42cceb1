"""A time to live of no time at all: the Job is gone before anybody has looked."""

LOSES = [
    "the Indexed Job `sweep` is complete, with the indexes 0 to 7 and no others",
    "the Pods of `sweep` have trained with each of the eight learning rates, once each",
    "`sweep` lets no more than four Pods run at the same time",
]

# %% change: sweep
#- backoffLimit: 2
#+ backoffLimit: 2
#+ ttlSecondsAfterFinished: 0

# %% after: sweep
#| !kubectl wait --for=delete job/sweep --timeout=60s
