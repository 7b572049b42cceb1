"""Taken back by setting the variable to what it was."""

# %% change: roll-back
#- !kubectl rollout undo deployment/eta
#+ !kubectl set env deployment/eta VERSION=2
