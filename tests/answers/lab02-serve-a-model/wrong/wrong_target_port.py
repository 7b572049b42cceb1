"""The Service sends requests to port 80 of the Pods, where nothing listens."""

LOSES = [
    "the Service gives the right label to sentences it has never seen",
    "another Pod reaches the model as `http://sentiment`",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
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
    - port: 80
""")
