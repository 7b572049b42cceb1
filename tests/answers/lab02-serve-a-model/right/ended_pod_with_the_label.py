"""A Pod with the Service's label was made by hand, has done its work and ended."""

# %% after: serve-service
apply(f"""
apiVersion: v1
kind: Pod
metadata:
  name: once
  labels: {{app: sentiment}}
spec:
  restartPolicy: Never
  containers:
    - name: once
      image: {images}/python:1
      command: [python, -c, "print('done')"]
""")
