"""The findings are in a ConfigMap of another name."""

LOSES = [
    "`findings` says why `reviews` and `forecast` had never started",
    "`findings` says why `embedder` and `pricer` ended again and again, and why nobody reached `lookup`",
]

# %% change: record-findings
#- !kubectl create configmap findings {causes}
#+ !kubectl create configmap lab12-findings {causes}
