"""The Service has three ports, and the one for predictions is the last."""

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
    - {name: admin, port: 8080, targetPort: 9999}
    - {name: predictions, port: 80, targetPort: 8080}
""")
