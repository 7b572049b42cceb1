"""The first Job trains on a copy of the letters that was cut short."""

LOSES = [
    "the Job `train` is complete, and has trained once, with the learning rate 0.5 and 40 epochs",
]

# %% before: train-once
given = core.read_namespaced_config_map("trainer", namespace).data
short = {**given, "letters.tsv": given["letters.tsv"][: len(given["letters.tsv"]) // 2]}
short["letters.tsv"] = short["letters.tsv"].rpartition("\n")[0] + "\n"
core.create_namespaced_config_map(namespace, {"metadata": {"name": "short"}, "data": short})

# %% change: train-once
#- - {name: trainer, configMap: {name: trainer}}
#+ - {name: trainer, configMap: {name: short}}
