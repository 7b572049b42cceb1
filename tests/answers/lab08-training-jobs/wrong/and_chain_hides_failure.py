"""What stands before `&&` does not stop `sh -e`, and the `echo` on the next line is what counts."""

LOSES = [
    "a training that fails makes its Job fail",
]

# %% change: sweep
#- exec python /trainer/train.py
#+ python /trainer/train.py && echo "trained with $LEARNING_RATE"
#+ echo "index $JOB_COMPLETION_INDEX is over"
