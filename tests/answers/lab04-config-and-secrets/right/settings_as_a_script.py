"""The ConfigMap is a file of settings that a shell reads, and the path is put together from two of them."""

# %% cell: give-path
settings = "MODELS=/models\nMODEL=autumn\nexport MODEL_PATH=$MODELS/$MODEL.json\n"
core.create_namespaced_config_map(namespace, {"metadata": {"name": "scorer-settings"}, "data": {"settings.sh": settings}})
container = {
    "name": "scorer",
    "command": ["sh", "-ec", ". /settings/settings.sh; exec python /program/scorer.py"],
    "volumeMounts": [{"name": "settings", "mountPath": "/settings"}],
}
volume = {"name": "settings", "configMap": {"name": "scorer-settings"}}
told = {"spec": {"template": {"spec": {"containers": [container], "volumes": [volume]}}}}
apps.patch_namespaced_deployment("scorer", namespace, told)
