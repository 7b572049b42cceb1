"""It is always the image."""

LOSES = [
    "`findings` says why `reviews` and `forecast` had never started",
    "`findings` says why `embedder` and `pricer` ended again and again, and why nobody reached `lookup`",
]

# %% cell: record-findings
words = " ".join(f"--from-literal={name}=image" for name in ("reviews", "embedder", "pricer", "lookup", "forecast"))
#| !kubectl create configmap findings {words}
