"""One Pod goes through the eight rates, one after the other."""

LOSES = [
    "the Indexed Job `sweep` is complete, with the indexes 0 to 7 and no others",
    "the Pods of `sweep` have trained with each of the eight learning rates, once each",
]

# %% change: sweep
#- completionMode: Indexed
#- completions: 8
#- parallelism: 4

#- LEARNING_RATE=$(cat /rates/$JOB_COMPLETION_INDEX)
#- export LEARNING_RATE
#- exec python /trainer/train.py
#+ for rate in /rates/*; do
#+   LEARNING_RATE=$(cat $rate) python /trainer/train.py
#+ done
