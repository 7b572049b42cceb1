"""A right `ranker.yaml` is written over with the Deployment as it is, number of replicas included."""

LOSES = [
    "a release of `ranker.yaml` leaves the number of replicas to the autoscaler",
]

# %% after: autoscaler
import time

import yaml

end = time.monotonic() + 90
while time.monotonic() < end and apps.read_namespaced_deployment("ranker", namespace).spec.replicas < 2:
    time.sleep(2)
#| !kubectl rollout status deployment/ranker --timeout=120s
there = kubernetes.client.ApiClient().sanitize_for_serialization(apps.read_namespaced_deployment("ranker", namespace))
there.pop("status", None)
there["apiVersion"], there["kind"] = "apps/v1", "Deployment"
there["metadata"] = {"name": "ranker", "labels": there["metadata"].get("labels") or {}}
Path("ranker.yaml").write_text(yaml.safe_dump(there, sort_keys=False))
