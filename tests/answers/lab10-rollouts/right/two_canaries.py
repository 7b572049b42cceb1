"""Two canary Deployments of one Pod each beside eight of version 2."""

# %% change: ship-version-2
#- maxUnavailable: 0
#- maxSurge: 2
#+ maxUnavailable: 3
#+ maxSurge: 0

#- sleep: {seconds: 5}
#+ sleep: {seconds: 2}

# %% after: canary
#| !kubectl scale deployment eta --replicas=8
second = Path("eta-canary.yaml").read_text().replace("eta-canary", "eta-canary-2").replace("canary}", "canary-2}")
Path("eta-canary-2.yaml").write_text(second)
#| %apply eta-canary-2.yaml
#| !kubectl rollout status deployment/eta --timeout=90s
#| !kubectl rollout status deployment/eta-canary-2 --timeout=60s
