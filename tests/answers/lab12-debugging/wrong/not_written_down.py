"""Everything works, and nobody can say what it was."""

LOSES = [
    "`findings` says why `reviews` and `forecast` had never started",
    "`findings` says why `embedder` and `pricer` ended again and again, and why nobody reached `lookup`",
]

# %% cell: record-findings
