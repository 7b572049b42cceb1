"""A Job that asked the store once has the token in its arguments."""

LOSES = [
    "the token is in no object of the namespace but Secrets",
]

# %% after: clear-sight
program = "import sys, urllib.request as u; u.urlopen(u.Request('http://features/caller', headers={'Authorization': 'Bearer ' + sys.argv[1]}))"
container = {
    "name": "ask",
    "image": f"{images}/python:1",
    "command": ["python", "-c", program, open("token.txt").read().strip()],
}
job = {
    "metadata": {"name": "ask"},
    "spec": {"backoffLimit": 0, "template": {"spec": {"restartPolicy": "Never", "containers": [container]}}},
}
kubernetes.client.BatchV1Api().create_namespaced_job(namespace, job)
