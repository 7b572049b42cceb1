"""Ten completions for eight rates: the last two find nothing to do, and are done."""

LOSES = [
    "the Indexed Job `sweep` is complete, with the indexes 0 to 7 and no others",
]

# %% change: sweep
#- completions: 8
#+ completions: 10

#- LEARNING_RATE=$(cat /rates/$JOB_COMPLETION_INDEX)
#+ [ -e /rates/$JOB_COMPLETION_INDEX ] || exit 0
#+ LEARNING_RATE=$(cat /rates/$JOB_COMPLETION_INDEX)
