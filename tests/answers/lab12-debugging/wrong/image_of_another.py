"""`reviews` is given an image that is surely there, which has no model in it."""

LOSES = [
    "`reviews` works, with version 2 of the model",
]

# %% change: repair-not-started
#- !kubectl set image deployment/reviews server={images}/sentiment:2
#+ !kubectl set image deployment/reviews server={images}/python:1
