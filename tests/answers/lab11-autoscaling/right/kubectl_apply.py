"""The manifest is applied by kubectl, and made anew after the Deployment was deleted."""

# %% cell: ranker-apply
#| !kubectl delete deployment ranker --cascade=foreground
#| !kubectl apply -f ranker.yaml
