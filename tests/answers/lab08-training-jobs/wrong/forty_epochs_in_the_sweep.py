"""The first Job's container is copied, its epochs included."""

LOSES = [
    "the Pods of `sweep` have trained with each of the eight learning rates, once each",
]

# %% change: sweep
#- exec python /trainer/train.py
#+ EPOCHS=40 exec python /trainer/train.py
