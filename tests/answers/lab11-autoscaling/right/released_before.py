"""It has been released twice before: with `replicas: 3`, and then without that line."""

# %% after: ranker-apply
first = Path("ranker.yaml").read_text().replace("spec:\n  selector", "spec:\n  replicas: 3\n  selector", 1)
Path("first.yaml").write_text(first)
#| !sed "s|localhost:5000/|{images}/|g" first.yaml | kubectl apply --server-side --force-conflicts --field-manager=release -f -
#| !sed "s|localhost:5000/|{images}/|g" ranker.yaml | kubectl apply --server-side --force-conflicts --field-manager=release -f -
