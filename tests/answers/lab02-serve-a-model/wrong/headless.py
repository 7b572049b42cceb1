"""The Service has no address of its own, so that port 80 is asked of the Pods themselves."""

LOSES = [
    "another Pod reaches the model as `http://sentiment`",
]

# %% cell: serve-service
apply("""
apiVersion: v1
kind: Service
metadata:
  name: sentiment
spec:
  clusterIP: None
  selector: {app: sentiment}
  ports:
    - port: 80
      targetPort: 8080
""")
