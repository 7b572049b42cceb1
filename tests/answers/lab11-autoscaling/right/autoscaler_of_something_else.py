"""Another Deployment, which rests, has an autoscaler of its own."""

# %% after: autoscaler
#| !kubectl create deployment other --image={images}/python:1 -- python -c 'import signal; signal.pause()'
#| !kubectl autoscale deployment other --min=1 --max=2 --cpu=50%
