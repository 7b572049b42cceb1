"""The Service is only another name for something outside."""

LOSES = [
    "every Pod behind the Service `sentiment` is kept by a Deployment",
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
  type: ExternalName
  externalName: sentiment.example.com
""")
