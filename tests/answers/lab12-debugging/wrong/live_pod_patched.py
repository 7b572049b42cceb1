"""The image is put right in the Pod that is there, and not in the Deployment."""

LOSES = [
    "what comes in the place of a Pod that works gets requests and answers them as well",
]

# %% change: repair-not-started
#- !kubectl set image deployment/reviews server={images}/sentiment:2
#+ !kubectl set image pods -l app=reviews server={images}/sentiment:2
