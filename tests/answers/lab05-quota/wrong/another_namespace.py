"""The numbers of `titles` go to a Deployment of another namespace, and are refused."""

LOSES = [
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
]

# %% change: fit-titles
#- !kubectl set resources deployment titles --requests=cpu=50m,memory=48Mi --limits=cpu=200m,memory=64Mi
#+ !kubectl -n default set resources deployment titles --requests=cpu=50m,memory=48Mi --limits=cpu=200m,memory=64Mi
