"""The ConfigMap `trainers` is deleted and made anew, with a program that is thought to need less."""

LOSES = [
    "every Pod of the trainers holds all of its examples and runs the program that was handed over",
]

# %% after: fit-titles
program = core.read_namespaced_config_map("trainers", namespace).data["train.py"]
program = program.replace("SIZE_MIB * MIB // 3", "SIZE_MIB * MIB // 6")
core.delete_namespaced_config_map("trainers", namespace)
core.create_namespaced_config_map(namespace, {"metadata": {"name": "trainers"}, "data": {"train.py": program}})
