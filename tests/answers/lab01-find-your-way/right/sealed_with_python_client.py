"""With the Python client, and not to be changed afterwards."""

# %% cell: record-findings
service_port, pod_port, version, label = 9300, 8317, "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
core.create_namespaced_config_map(namespace, {
    "metadata": {"name": "findings", "labels": {"app": "inbox", "lesson": "lab01"}, "annotations": {"note": "read it, then mend the digest"}},
    "immutable": True,
    "data": {"port": str(pod_port), "address": f"http://inbox.{namespace}:{service_port}", "version": version,
             "label": label, "crashing": crashing, "missing": missing},
}).metadata.name
