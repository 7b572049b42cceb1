"""`lookup` and `forecast` have two copies each, and the findings are in `binaryData`."""

# %% after: repair-unreachable
#| !kubectl scale deployment/lookup deployment/forecast --replicas=2

# %% cell: record-findings
import base64

words = {"reviews": "image", "embedder": "memory", "pricer": "exception", "lookup": "selector", "forecast": "node"}
encoded = {name: base64.b64encode(f"{word}\n".encode()).decode() for name, word in words.items()}
core.create_namespaced_config_map(namespace, {"metadata": {"name": "findings"}, "binaryData": encoded})
