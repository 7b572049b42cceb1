"""`pricer` and its Service are deleted and made again from scratch under their names, with other labels."""

# %% change: repair-restarting
#- !kubectl set env deployment/pricer CURRENCY=EUR
#+ server = {"name": "pricing", "image": f"{images}/python:1", "args": ["/programs/pricer.py"], "command": ["python3"]}
#+ server |= {"env": [{"name": "CURRENCY", "value": "EUR"}], "volumeMounts": [{"name": "code", "mountPath": "/programs"}]}
#+ pod = {"containers": [server], "volumes": [{"name": "code", "configMap": {"name": "programs"}}]}
#+ labels = {"runs": "pricing"}
#+ spec = {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": pod}}
#+ !kubectl delete deployment/pricer service/pricer
#+ apps.create_namespaced_deployment(namespace, {"metadata": {"name": "pricer"}, "spec": spec})
#+ !kubectl expose deployment pricer --port=80 --target-port=8000
