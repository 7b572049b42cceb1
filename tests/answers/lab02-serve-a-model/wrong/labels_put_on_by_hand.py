"""The Service selects a label that was put on the Pods by hand, and that no new Pod has."""

LOSES = [
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% cell: serve-service
#| !kubectl rollout status deployment/sentiment --timeout=120s
#| !kubectl label pods -l app=sentiment tier=front
apply("""
apiVersion: v1
kind: Service
metadata:
  name: sentiment
spec:
  selector: {tier: front}
  ports:
    - port: 80
      targetPort: 8080
""")
