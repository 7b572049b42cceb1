"""The line of the release is copied, for a file of another name: `ranker.yaml` itself is never written."""

LOSES = [
    "a release of `ranker.yaml` leaves the number of replicas to the autoscaler",
]

# %% change: ranker-manifest
#- Path("ranker.yaml").write_text("""\
#+ Path("deployment.yaml").write_text("""\

# %% cell: ranker-apply
#| !sed "s|localhost:5000/|{images}/|g" deployment.yaml | kubectl apply --server-side --force-conflicts --field-manager=release -f -
