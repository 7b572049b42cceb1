"""The claim is for a single Pod at a time."""

# %% change: storage-claim
#- "accessModes": ["ReadWriteOnce"],
#+ "accessModes": ["ReadWriteOncePod"],
