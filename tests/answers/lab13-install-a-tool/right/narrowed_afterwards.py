"""The Role was too wide at first, and is narrowed when it works."""

# %% change: rights
#- verbs: [get, list, watch]
#+ verbs: [get, list, watch, create, delete]

# %% after: rights
RIGHTS = Path("rights.yaml").read_text()

# %% after: compute
Path("rights.yaml").write_text(RIGHTS.replace("verbs: [get, list, watch, create, delete]\n---", "verbs: [get, list, watch]\n---"))
#| %apply rights.yaml
