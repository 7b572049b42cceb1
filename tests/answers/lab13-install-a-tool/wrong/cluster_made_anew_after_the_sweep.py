"""The DaskCluster is made anew, with more room, when the sweep is done, and the sweep is not."""

LOSES = [
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% after: compute
wish = Path("sweep.yaml").read_text().replace("memory: 160Mi", "memory: 170Mi")
Path("roomier.yaml").write_text(wish.replace("memory: 144Mi", "memory: 160Mi"))
#| !kubectl delete daskcluster sweep --cascade=foreground --timeout=50s
#| %apply roomier.yaml
#| !kubectl wait --for=create deployment/sweep-scheduler --timeout=20s
#| !kubectl rollout status deployment/sweep-scheduler --timeout=30s
