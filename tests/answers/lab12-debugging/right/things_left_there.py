"""A copy to try things with and a Deployment without an image are left lying about, both of them broken."""

# %% before: repair-restarting
copy = apps.read_namespaced_deployment("pricer", namespace)
copy.metadata = kubernetes.client.V1ObjectMeta(name="pricer-test")
copy.spec.selector.match_labels = copy.spec.template.metadata.labels = {"app": "pricer-test"}
apps.create_namespaced_deployment(namespace, copy)
#| !kubectl create deployment weather --image={images}/python:3.12
