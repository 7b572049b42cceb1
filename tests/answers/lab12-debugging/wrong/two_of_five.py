"""Half done: step 1 and its two words, and nothing after it but a restart of what crashes."""

LOSES = [
    "`embedder` works, with a batch of at least 32 and a memory limit of at most 256Mi",
    "`pricer` works, in euros",
    "`lookup` works, and is reached through its Service",
    "`findings` says why `embedder` and `pricer` ended again and again, and why nobody reached `lookup`",
]

# %% cell: repair-not-started
#| !kubectl set image deployment/reviews server={images}/sentiment:2
apps.patch_namespaced_deployment("forecast", namespace, {"spec": {"template": {"spec": {"nodeSelector": None}}}})
# %% cell: repair-restarting
#| !kubectl rollout restart deployment/embedder deployment/pricer
# %% cell: repair-unreachable
# %% cell: record-findings
#| !kubectl create configmap findings --from-literal=reviews=image --from-literal=forecast=node
