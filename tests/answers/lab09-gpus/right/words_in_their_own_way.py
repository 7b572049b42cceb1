"""`findings` made in Python, with capitals, quotes, blanks and a key of one's own."""

# %% cell: record-findings
findings = {"amber": " Taint\n", "birch": "'label'", "cedar": "RESOURCE", "zebra": "was not there"}
core.create_namespaced_config_map(namespace, {"metadata": {"name": "findings"}, "data": findings})
