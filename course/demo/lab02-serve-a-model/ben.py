"""partly right: the Service sends requests to a port where nothing listens"""

# %% cell: serve-service
apply("""
apiVersion: v1
kind: Service
metadata:
  name: sentiment
spec:
  selector: {app: sentiment}
  ports:
    - port: 80
""")
