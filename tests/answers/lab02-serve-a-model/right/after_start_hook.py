"""A hook after the start waits for the model, so that the Pod is not ready before."""

# %% cell: serve-deployment
apply(f"""
apiVersion: apps/v1
kind: Deployment
metadata:
  name: sentiment
spec:
  replicas: 2
  selector:
    matchLabels: {{app: sentiment}}
  template:
    metadata:
      labels: {{app: sentiment}}
    spec:
      containers:
        - name: server
          image: {images}/sentiment:1
          lifecycle:
            postStart:
              exec:
                command:
                  - python3
                  - -c
                  - |
                    import time, urllib.request
                    while True:
                        try:
                            urllib.request.urlopen("http://127.0.0.1:8080/readyz", timeout=2)
                            break
                        except OSError:
                            time.sleep(0.2)
""")
