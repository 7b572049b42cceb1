"""With kustomize, which writes labels into templates too."""

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


import pathlib, tempfile
told = {
    "ranker": dict(team="search", tier="serving", model="ranking", api="v2"),
    "ranker2": dict(team="search", model="ranking", api="v2"),
    "rescore": dict(team="search"),
    "bidder": dict(team="ads", tier="serving"),
}
for name, pairs in told.items():
    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "deployment.json").write_text(json.dumps(manifest(name)))
    (folder / "kustomization.yaml").write_text(json.dumps({
        "resources": ["deployment.json"], "labels": [{"pairs": pairs, "includeTemplates": True}]}))
    kube("apply", "-k", str(folder))

# %% cell: label-pager

# %% cell: label-service
