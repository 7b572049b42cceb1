"""All of it in one manifest with what is to be otherwise, and the findings as well."""

# %% cell: repair-not-started
from IPython import get_ipython

manifest = f'''
apiVersion: apps/v1
kind: Deployment
metadata: {{name: reviews}}
spec: {{template: {{spec: {{containers: [{{name: server, image: "{images}/sentiment:2"}}]}}}}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: forecast}}
spec: {{template: {{spec: {{nodeSelector: {{}}}}}}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: embedder}}
spec: {{template: {{spec: {{containers: [{{name: server, resources: {{limits: {{memory: 0.1875Gi}}}}}}]}}}}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: pricer}}
spec: {{template: {{spec: {{containers: [{{name: server, env: [{{name: CURRENCY, value: EUR}}]}}]}}}}}}
---
apiVersion: v1
kind: Service
metadata: {{name: lookup}}
spec: {{selector: {{app: lookup}}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: findings}}
data: {{reviews: image, embedder: Memory, pricer: " exception", lookup: "'selector'", forecast: "node\n", all: in an hour}}
'''
get_ipython().run_cell_magic("apply", "", manifest)

# %% cell: repair-restarting

# %% cell: repair-unreachable

# %% cell: record-findings
