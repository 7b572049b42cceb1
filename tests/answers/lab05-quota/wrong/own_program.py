"""`titles` runs a copy of the program that answers the same and holds half of the examples aside."""

LOSES = [
    "every Pod of the trainers holds all of its examples and runs the program that was handed over",
]

# %% after: fit-titles
program = core.read_namespaced_config_map("trainers", namespace).data["train.py"]
program = program.replace("bytes(range(256)) * (4096 * SIZE_MIB)", "bytes(range(256)) * (2048 * SIZE_MIB)")
core.create_namespaced_config_map(namespace, {"metadata": {"name": "trainers-lean"}, "data": {"train.py": program}})
lean = {"volumes": [{"name": "trainers", "configMap": {"name": "trainers-lean"}}]}
apps.patch_namespaced_deployment("titles", namespace, {"spec": {"template": {"spec": lean}}})
