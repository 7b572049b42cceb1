"""With kustomize, which appends a hash to the name."""

LOSES = [
    "`port` is where the server behind the Service `inbox` listens, inside its Pod",
    "`address` reaches that server through the Service",
    "`label` is the one by which the Service finds its Pods",
    "`version` is the one of the model that answers behind the Service",
    "`crashing` is the Deployment whose Pod ends again and again",
    "`missing` is the environment variable whose absence ends that program",
    "what was given is still there, and nobody has changed it",
]

# %% cell: record-findings
service_port, pod_port, version, label = 9300, 8317, "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
import pathlib, tempfile
folder = pathlib.Path(tempfile.mkdtemp())
(folder / "kustomization.yaml").write_text(f"""
configMapGenerator:
  - name: findings
    literals: ["port={pod_port}", "address=http://inbox:{service_port}", "version={version}", "label={label}", "crashing={crashing}", "missing={missing}"]
""")
#| !kubectl apply -k {folder}
