"""The manifest of version 2 is applied again, in place of `undo`."""

# %% change: roll-back
#- !kubectl rollout undo deployment/eta
#+ %apply eta.yaml
