"""In the namespace `default`."""

LOSES = [
    "`port` is where the server behind the Service `inbox` listens, inside its Pod",
    "`address` reaches that server through the Service",
    "`label` is the one by which the Service finds its Pods",
    "`version` is the one of the model that answers behind the Service",
    "`crashing` is the Deployment whose Pod ends again and again",
    "`missing` is the environment variable whose absence ends that program",
    "what was given is still there, and nobody has changed it",
]

# %% cell: record-findings
service_port, pod_port, version, label = 9300, 8317, "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
core.create_namespaced_config_map("default", {"metadata": {"name": "findings"}, "data": {
    "port": str(pod_port), "address": f"http://inbox:{service_port}", "version": version, "label": label, "crashing": crashing, "missing": missing}})
