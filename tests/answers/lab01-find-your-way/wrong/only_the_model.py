"""Half done: the second question of support's is left for after lunch."""

LOSES = [
    "`crashing` is the Deployment whose Pod ends again and again",
    "`missing` is the environment variable whose absence ends that program",
]

# %% cell: record-findings
facts = "--from-literal=port=8317 --from-literal=address=http://inbox:9300"
facts += " --from-literal=version=1 --from-literal=label=serves=inbox"
#| !kubectl create configmap findings {facts}
