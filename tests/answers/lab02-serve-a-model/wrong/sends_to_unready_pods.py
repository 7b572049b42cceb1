"""The Service is told to send requests to Pods that are not ready, too."""

LOSES = [
    "a new Pod is asked nothing before its model is loaded",
]

# %% cell: serve-service
apply("""
apiVersion: v1
kind: Service
metadata:
  name: sentiment
spec:
  publishNotReadyAddresses: true
  selector: {app: sentiment}
  ports:
    - port: 80
      targetPort: 8080
""")
