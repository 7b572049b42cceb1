"""All of `clicks` may be away, and a rollout begins with one more all the same, which is refused at first."""

# %% change: fit-clicks
#- one_after_the_other = {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}}
#- apps.patch_namespaced_deployment("clicks", namespace, {"spec": {"strategy": one_after_the_other}})
#- !kubectl set resources deployment clicks --requests=cpu=80m,memory=128Mi --limits=cpu=400m,memory=176Mi
#+ all_may_go = {"rollingUpdate": {"maxUnavailable": "100%"}}
#+ apps.patch_namespaced_deployment("clicks", namespace, {"spec": {"strategy": all_may_go}})
#+ !kubectl set resources deployment clicks --requests=cpu=100m,memory=150Mi
