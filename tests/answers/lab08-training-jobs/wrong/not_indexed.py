"""Eight completions and no indexes: each Pod takes the trainer's own rate."""

LOSES = [
    "the Indexed Job `sweep` is complete, with the indexes 0 to 7 and no others",
    "the Pods of `sweep` have trained with each of the eight learning rates, once each",
]

# %% change: sweep
#- completionMode: Indexed

#- LEARNING_RATE=$(cat /rates/$JOB_COMPLETION_INDEX)
#- export LEARNING_RATE
#+ [ -z "$JOB_COMPLETION_INDEX" ] || export LEARNING_RATE=$(cat /rates/$JOB_COMPLETION_INDEX)
