"""The Deployments made anew under other names."""

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


# all four anew, under the names that the teams use today
told = {
    "ranker": ("search-page-v1", dict(team="search", tier="serving", model="ranking", api="v2")),
    "ranker2": ("search-page-v2", dict(team="search", tier="serving", track="canary", model="ranking", api="v2")),
    "rescore": ("catalogue", dict(team="search")),
    "bidder": ("ads-price", dict(team="ads", tier="gateway")),
}
for old, (new, more) in told.items():
    made = manifest(old)
    made["metadata"]["name"] = new
    made["spec"]["template"]["metadata"]["labels"] |= more
    kube("delete", "deployment", old)
    create(made)

# %% cell: label-pager

# %% cell: label-service
