"""From a file of lines, with further keys."""

# %% cell: record-findings
service_port, pod_port, version, label = 9300, 8317, "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
with open("findings.env", "w") as out:
    print(f"""# handed over on Monday
port={pod_port}
address=http://inbox:{service_port}
version={version}
label={label}
crashing={crashing}
missing={missing}
author=me
service-port={service_port}
old-note=see handover""", file=out)
#| !kubectl create configmap findings --from-env-file=findings.env
