"""Asked as another Pod would, with a Service, a Pod and a Deployment of one's own left there."""

# %% cell: record-findings
import os
import subprocess
service_port, pod_port, version, label, server = 9300, 8317, "1", "serves=inbox", "sorter"
crashing, missing = "digest", "DIGEST_TO"
# ask as another Pod would, through inbox and through a Service of my own; I leave both lying there
image = (images or os.environ.get("AUTOGRADER_IMAGES", "localhost:5000")) + "/python:1"
ask = f"import urllib.request as u; print(u.urlopen('http://inbox:{service_port}/version').read())"
#| !kubectl expose deployment {server} --name=inbox-mine --port=81 --target-port={pod_port}
subprocess.run(["kubectl", "run", "asker", f"--image={image}", "--restart=Never", "--command", "--", "python", "-c", ask])
#| !kubectl create deployment idle --image={image} -- python -c "import time; time.sleep(100000)"
#| !kubectl create configmap findings --from-literal=port={pod_port} --from-literal=address=http://inbox:{service_port} --from-literal=version={version} --from-literal=label={label} --from-literal=crashing={crashing} --from-literal=missing={missing}
