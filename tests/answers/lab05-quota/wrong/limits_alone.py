"""`titles` gets limits and no requests: so much of a processor is booked as it may ever use."""

LOSES = [
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
]

# %% change: fit-titles
#- !kubectl set resources deployment titles --requests=cpu=50m,memory=48Mi --limits=cpu=200m,memory=64Mi
#+ !kubectl set resources deployment titles --limits=cpu=250m,memory=64Mi
