"""The findings are applied in two parts, of which the second takes away the first."""

LOSES = [
    "`findings` says why `reviews` and `forecast` had never started",
]

# %% cell: record-findings
#| %apply first.yaml second.yaml

# %% before: repair-not-started
for name, words in {"first": "reviews: image, forecast: node", "second": "embedder: memory, pricer: exception, lookup: selector"}.items():
    with open(f"{name}.yaml", "w") as file:
        print(f"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: findings}}, data: {{{words}}}}}", file=file)
