"""Ten completions for eight rates: the last two begin again from the first."""

LOSES = [
    "the Indexed Job `sweep` is complete, with the indexes 0 to 7 and no others",
    "the Pods of `sweep` have trained with each of the eight learning rates, once each",
]

# %% change: sweep
#- completions: 8
#+ completions: 10

#- LEARNING_RATE=$(cat /rates/$JOB_COMPLETION_INDEX)
#+ LEARNING_RATE=$(cat /rates/$((JOB_COMPLETION_INDEX % 8)))
