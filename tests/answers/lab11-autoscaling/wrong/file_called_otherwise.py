"""The manifest is written to `deployment.yaml`, which nobody releases."""

LOSES = [
    "a release of `ranker.yaml` leaves the number of replicas to the autoscaler",
]

# %% change: ranker-manifest
#- Path("ranker.yaml").write_text("""\
#+ Path("deployment.yaml").write_text("""\

# %% cell: ranker-apply
#| %apply deployment.yaml
