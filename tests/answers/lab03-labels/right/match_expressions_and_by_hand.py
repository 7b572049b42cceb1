"""Made anew with a selector of expressions."""

# %% cell: label-teams
#| import json, subprocess, time
#|
#| def kube(*words, given=None):
#|     done = subprocess.run(["kubectl", *words], input=given, capture_output=True, text=True)
#|     print(done.stdout[:300], done.stderr)
#|     return done.stdout
#|
#| def manifest(name):
#|     """What the Deployment asks for, without what the cluster wrote into it."""
#|     whole = json.loads(subprocess.run(["kubectl", "get", "deployment", name, "-o", "json"], capture_output=True, text=True, check=True).stdout)
#|     return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name}, "spec": whole["spec"]}
#|
#| def create(made):
#|     kube("create", "-f", "-", given=json.dumps(made))
#|     kube("rollout", "status", "deployment/" + made["metadata"]["name"], "--timeout=120s")
#|
#|
#| # by hand first, so that finance sees it at once
#| !kubectl label pods -l 'app in (ranker, ranker2, rescore)' team=search
#| !kubectl label pods -l app=bidder team=ads
#| # and for good: bidder anew, whose own selector is written in the other form
#| made = manifest("bidder")
#| made["spec"]["selector"] = {"matchExpressions": [{"key": "app", "operator": "In", "values": ["bidder"]}, {"key": "team", "operator": "Exists"}]}
#| made["spec"]["template"]["metadata"]["labels"]["team"] = "ads"
#| made["spec"]["strategy"] = {"type": "Recreate"}
#| kube("delete", "deployment", "bidder")
#| create(made)
#|
#| def labels(name, **more):
#|     apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": more}}}})
#|
#|
#| for name in ("ranker", "ranker2", "rescore"):
#|     labels(name, team="search")

# %% cell: label-pager
labels("ranker", tier="serving")
labels("bidder", tier="gateway")
labels("ranker2", tier="serving", track="canary")

# %% cell: label-service
labels("ranker", model="ranking", api="v2")
labels("ranker2", api="v2")
