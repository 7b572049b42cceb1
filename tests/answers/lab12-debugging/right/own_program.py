"""`pricer` runs a copy of its program that understands the word as well."""

# %% change: repair-restarting
#- !kubectl set env deployment/pricer CURRENCY=EUR
#+ programs = core.read_namespaced_config_map("programs", namespace).data
#+ programs["pricer.py"] = programs["pricer.py"].replace('os.environ["CURRENCY"]', 'os.environ["CURRENCY"][:3].upper()')
#+ core.create_namespaced_config_map(namespace, {"metadata": {"name": "my-programs"}, "data": programs})
#+ volumes = [{"name": "programs", "configMap": {"name": "my-programs"}}]
#+ apps.patch_namespaced_deployment("pricer", namespace, {"spec": {"template": {"spec": {"volumes": volumes}}}})
