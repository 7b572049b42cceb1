"""`titles` says how much memory it may have and nothing else; the rest is filled in."""

# %% change: fit-titles
#- !kubectl set resources deployment titles --requests=cpu=50m,memory=48Mi --limits=cpu=200m,memory=64Mi
#+ !kubectl set resources deployment titles --limits=memory=64Mi
#+ one_after_the_other = {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}}
#+ apps.patch_namespaced_deployment("titles", namespace, {"spec": {"strategy": one_after_the_other}})
