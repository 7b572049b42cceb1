"""Shell loops around `kubectl patch`, as the worked example has it."""

# %% cell: label-teams
#| %%bash
#| for name in ranker ranker2 rescore; do
#|   kubectl patch deployment $name --patch 'spec: {template: {metadata: {labels: {team: search}}}}'
#| done
#| kubectl patch deployment bidder --patch 'spec: {template: {metadata: {labels: {team: ads}}}}'

# %% cell: label-pager
#| %%bash
#| for name in ranker bidder; do
#|   kubectl patch deployment $name --type=json \
#|     --patch '[{"op": "add", "path": "/spec/template/metadata/labels/tier", "value": "serving"}]'
#| done
