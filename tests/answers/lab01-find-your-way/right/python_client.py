"""Made with the Python client, with further keys and a label."""

# %% cell: record-findings
data = {
    "port": "8317",
    "address": "http://inbox:9300",
    "version": "1",
    "label": "serves=inbox",
    "crashing": "digest",
    "missing": "DIGEST_TO",
    "leftover": "deployment/sentiment: version 2 on port 8471, and no Service leads to it",
    "said": "KeyError: 'DIGEST_TO'",
}
core.create_namespaced_config_map(namespace, {"metadata": {"name": "findings", "labels": {"for": "support"}}, "data": data})
