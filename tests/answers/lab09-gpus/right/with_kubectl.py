"""Everything by `kubectl`, in small steps, of which each is a rollout."""

# %% cell: place-finetune
#| %%bash
#| kubectl set resources deployment finetune --limits=cpu=200m,memory=64Mi,nvidia.com/gpu=1
#| kubectl patch deployment finetune --patch '{"spec": {"template": {"spec": {"nodeSelector": {"nvidia.com/gpu.present": "true"}}}}}'
#| kubectl patch deployment finetune --patch '{"spec": {"template": {"spec": {"tolerations": [{"key": "nvidia.com/gpu", "value": "present"}]}}}}'

# %% cell: place-tokenizer
#| %%bash
#| kubectl patch deployment tokenizer --type=json --patch '[
#|   {"op": "remove", "path": "/spec/template/spec/tolerations"},
#|   {"op": "remove", "path": "/spec/template/spec/nodeSelector"}]'
