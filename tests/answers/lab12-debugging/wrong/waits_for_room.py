"""`forecast` is said to have waited for room: it was Pending."""

LOSES = [
    "`findings` says why `reviews` and `forecast` had never started",
]

# %% change: record-findings
#- causes += " --from-literal=lookup=selector --from-literal=forecast=node"
#+ causes += " --from-literal=lookup=selector --from-literal=forecast=room"
