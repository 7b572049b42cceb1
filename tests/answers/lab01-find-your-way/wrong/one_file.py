"""All findings in one text under one key, as a file of YAML."""

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
text = "port: 8317\naddress: http://inbox:9300\nversion: 1\nlabel: serves=inbox\ncrashing: digest\nmissing: DIGEST_TO\n"
with open("findings.yaml", "w") as file:
    file.write(text)
#| !kubectl create configmap findings --from-file=findings.yaml
