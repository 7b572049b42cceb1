"""`reviews` was set to version 1, and what runs was then put right in the Pod."""

LOSES = [
    "what comes in the place of a Pod that works gets requests and answers them as well",
]

# %% change: repair-not-started
#- !kubectl set image deployment/reviews server={images}/sentiment:2
#+ !kubectl set image deployment/reviews server={images}/sentiment:1
#+ !kubectl rollout status deployment/reviews --timeout=90s
#+ !kubectl set image pods -l app=reviews server={images}/sentiment:2
