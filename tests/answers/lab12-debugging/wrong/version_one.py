"""`reviews` runs again, with the image of the version before."""

LOSES = [
    "`reviews` works, with version 2 of the model",
]

# %% change: repair-not-started
#- !kubectl set image deployment/reviews server={images}/sentiment:2
#+ !kubectl set image deployment/reviews server={images}/sentiment:1
