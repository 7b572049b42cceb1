"""With kustomize, which was told to leave the name alone."""

# %% cell: record-findings
service_port, pod_port, version, label = 9300, 8317, "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
import pathlib, tempfile
folder = pathlib.Path(tempfile.mkdtemp())
(folder / "kustomization.yaml").write_text(f"""
generatorOptions: {{disableNameSuffixHash: true}}
configMapGenerator:
  - name: findings
    literals:
      - port={pod_port}
      - address=http://inbox:{service_port}
      - version={version}
      - label={label}
      - crashing={crashing}
      - missing={missing}
""")
#| !kubectl apply -k {folder}
