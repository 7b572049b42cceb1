"""The claim asks for 3Mi, a little less than the trainer needs, and the volume that is made has the room."""

# %% change: storage-claim
#- "resources": {"requests": {"storage": "16Mi"}},
#+ "resources": {"requests": {"storage": "3Mi"}},
