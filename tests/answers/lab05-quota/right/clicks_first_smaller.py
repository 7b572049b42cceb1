"""`clicks` is made smaller while `titles` has no Pods yet, so that the strategy may stay as it was."""

# %% after: make-room
#| !kubectl set resources deployment clicks --requests=cpu=40m,memory=120Mi --limits=cpu=300m,memory=160Mi
#| !kubectl rollout status deployment/clicks --timeout=120s

# %% change: fit-titles
#- !kubectl set resources deployment titles --requests=cpu=50m,memory=48Mi --limits=cpu=200m,memory=64Mi
#+ !kubectl set resources deployment titles --requests=cpu=40m,memory=48Mi --limits=cpu=200m,memory=60Mi

# %% cell: fit-clicks
