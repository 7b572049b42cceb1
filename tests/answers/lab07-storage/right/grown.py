"""Too small at first, and made larger when that was noticed."""

# %% change: storage-claim
#- "resources": {"requests": {"storage": "16Mi"}},
#+ "resources": {"requests": {"storage": "6Mi"}},

# %% after: storage-claim
#| !kubectl wait pvc/checkpoints --for=jsonpath='{{.status.phase}}'=Bound --timeout=60s
core.patch_namespaced_persistent_volume_claim(
    "checkpoints", namespace, {"spec": {"resources": {"requests": {"storage": "20Mi"}}}}
)
