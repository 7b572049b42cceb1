"""Both that ended again and again are said to have ended by themselves."""

LOSES = [
    "`findings` says why `embedder` and `pricer` ended again and again, and why nobody reached `lookup`",
]

# %% change: record-findings
#- causes = "--from-literal=reviews=image --from-literal=embedder=memory --from-literal=pricer=exception"
#+ causes = "--from-literal=reviews=image --from-literal=embedder=exception --from-literal=pricer=exception"
