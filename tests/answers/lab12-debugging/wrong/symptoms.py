"""What `kubectl get pods` shows, for causes."""

LOSES = [
    "`findings` says why `reviews` and `forecast` had never started",
    "`findings` says why `embedder` and `pricer` ended again and again, and why nobody reached `lookup`",
]

# %% cell: record-findings
words = "--from-literal=reviews=ImagePullBackOff --from-literal=embedder=CrashLoopBackOff"
words += " --from-literal=pricer=CrashLoopBackOff --from-literal=lookup=Running --from-literal=forecast=Pending"
#| !kubectl create configmap findings {words}
