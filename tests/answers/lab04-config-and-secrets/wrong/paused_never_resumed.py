"""The rollout is paused before all is changed, and never resumed, so the Pod of before goes on."""

LOSES = [
    "every Pod behind the Service `scorer` works with the model `autumn`",
    "the feature store accepts the token of every Pod behind the Service `scorer`",
    "a new Pod works with the model that its ConfigMap names then",
    "a new Pod asks the feature store with the token that its Secret holds then",
    "a new Pod does not become ready where a ConfigMap or a Secret of its own is missing",
]

# %% before: give-path
#| !kubectl rollout pause deployment/scorer
