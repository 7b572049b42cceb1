"""Cells were run twice, version 3 was tried twice, and the canary began as version 3."""

# %% after: ship-version-2
#| %apply eta.yaml

# %% after: roll-back
#| !kubectl set env deployment/eta VERSION=3
#| !kubectl rollout status deployment/eta --timeout=4s
#| !kubectl rollout undo deployment/eta
#| !kubectl rollout status deployment/eta --timeout=60s

# %% after: canary
#| !kubectl set env deployment/eta-canary VERSION=3
#| !kubectl rollout status deployment/eta-canary --timeout=3s
#| %apply eta-canary.yaml
#| !kubectl rollout status deployment/eta-canary --timeout=60s
