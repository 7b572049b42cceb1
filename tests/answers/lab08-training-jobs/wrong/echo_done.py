"""The sweep's script says `done` at its end, whatever came before."""

LOSES = [
    "a training that fails makes its Job fail",
]

# %% change: sweep
#- exec python /trainer/train.py
#+ set +e
#+ python /trainer/train.py
#+ echo done
