"""`titles` gets requests and no limits: the LimitRange's 512Mi stays in its way."""

LOSES = [
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
]

# %% change: fit-titles
#- !kubectl set resources deployment titles --requests=cpu=50m,memory=48Mi --limits=cpu=200m,memory=64Mi
#+ !kubectl set resources deployment titles --requests=cpu=50m,memory=48Mi
