"""The Service has two ports, and 80 is neither of them."""

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
    - {name: metrics, port: 9090, targetPort: 9090}
    - {name: predictions, port: 8080, targetPort: 8080}
""")
