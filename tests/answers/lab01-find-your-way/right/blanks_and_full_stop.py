"""Blanks and line ends around every value, and a name with its full stop."""

# %% cell: record-findings
import subprocess
service_port, pod_port, version, label = 9300, 8317, "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
made = f"""
apiVersion: v1
kind: ConfigMap
metadata:
  name: findings
data:
  port: "  {pod_port} "
  address: |

    http://inbox.{namespace}.svc.cluster.local.:{service_port}

  version: "\\t{version}\\n"
  label: >
    {label}
  crashing: |+
    {crashing}


  missing: ' {missing}'
"""
print(subprocess.run(["kubectl", "apply", "-f", "-"], input=made, text=True, capture_output=True))
