"""The neighbours get a second server, and a copy of `ranker` for practice is asked for no Pods."""

# %% after: label-service
#| !kubectl create deployment books --image={images}/python:1 -- python -m http.server 8000
labels = {"team": "payments"}
apps.patch_namespaced_deployment("books", namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})
spec = apps.read_namespaced_deployment("ranker", namespace).spec
spec.replicas = 0
spec.selector.match_labels = spec.template.metadata.labels = {"app": "ranker-practice"}
apps.create_namespaced_deployment(namespace, {"metadata": {"name": "ranker-practice"}, "spec": spec})
