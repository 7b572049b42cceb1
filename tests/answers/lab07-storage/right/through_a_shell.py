"""The trainer is started by a shell that does not pass on a request to stop."""

# %% change: storage-mount
#- "name": "trainer",
#+ "name": "trainer",
#+ "command": ["sh", "-c", "python /programs/train.py; exit 1"],
