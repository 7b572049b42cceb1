"""The canary carries the name of the ranker."""

LOSES = [
    "each of the five workloads has its Pods, and they are found by what they were found by before",
]

# %% cell: label-teams
import json, subprocess, time

def kube(*words, given=None):
    done = subprocess.run(["kubectl", *words], input=given, capture_output=True, text=True)
    print(done.stdout[:300], done.stderr)
    return done.stdout

def manifest(name):
    """What the Deployment asks for, without what the cluster wrote into it."""
    whole = json.loads(subprocess.run(["kubectl", "get", "deployment", name, "-o", "json"], capture_output=True, text=True, check=True).stdout)
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name}, "spec": whole["spec"]}

def create(made):
    kube("create", "-f", "-", given=json.dumps(made))
    kube("rollout", "status", "deployment/" + made["metadata"]["name"], "--timeout=120s")


# the canary is a ranker like the others, with another track
made = manifest("ranker2")
made["spec"]["selector"] = {"matchLabels": {"app": "ranker", "track": "canary"}}
made["spec"]["template"]["metadata"]["labels"] |= {"app": "ranker", "track": "canary"}
kube("delete", "deployment", "ranker2")
create(made)

def labels(name, **more):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": more}}}})

for name in ("ranker", "ranker2", "rescore"):
    labels(name, team="search")
labels("bidder", team="ads")

# %% cell: label-pager
labels("ranker", tier="serving")
labels("bidder", tier="gateway")
labels("ranker2", tier="serving", track="canary")

# %% cell: label-service
labels("ranker", model="ranking", api="v2")
labels("ranker2", api="v2")
