"""Some values are in `binaryData`, which whoever mounts the ConfigMap reads alike."""

# %% cell: record-findings
import base64

binary = {"port": "8317", "missing": "DIGEST_TO\n"}
data = {"address": "http://inbox:9300", "version": "1", "label": "serves=inbox", "crashing": "digest"}
encoded = {key: base64.b64encode(text.encode()).decode() for key, text in binary.items()}
core.create_namespaced_config_map(namespace, {"metadata": {"name": "findings"}, "data": data, "binaryData": encoded})
