"""The Service listens on the server's port instead of port 80."""

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
  selector: {app: sentiment}
  ports:
    - port: 8080
""")
