"""The memory of `titles` is written with a small m."""

LOSES = [
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
]

# %% change: fit-titles
#- !kubectl set resources deployment titles --requests=cpu=50m,memory=48Mi --limits=cpu=200m,memory=64Mi
#+ !kubectl set resources deployment titles --requests=cpu=50m,memory=48m --limits=cpu=200m,memory=64m
