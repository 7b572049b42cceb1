"""Trained with the wrong reports at first, deleted, and trained again; a first Deployment came to nothing."""

# %% change: train-and-store
#- %apply train.yaml
#+ text = Path("train.yaml").read_text()
#+ Path("first.yaml").write_text(text.replace("/handover/reports.tsv", "/handover/sample.tsv"))
#+ %apply first.yaml
#+ !kubectl wait --for=condition=complete job/train --timeout=90s
#+ !kubectl delete job train --cascade=foreground
#+ %apply train.yaml

# %% after: train-and-store
#| !kubectl wait --for=condition=complete job/train --timeout=90s

# %% before: serve
#| !kubectl create deployment triage --image={images}/python:1 --replicas=0
#| !kubectl delete deployment triage --cascade=foreground
