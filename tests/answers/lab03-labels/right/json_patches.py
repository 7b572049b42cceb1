"""With JSON patches."""

# %% cell: label-teams
#| %%bash
#| add() {  # add DEPLOYMENT KEY VALUE
#|   kubectl patch deployment "$1" --type=json -p '[{"op": "add", "path": "/spec/template/metadata/labels/'"$2"'", "value": "'"$3"'"}]'
#| }
#| for name in ranker ranker2 rescore; do add $name team search; done
#| add bidder team ads

# %% cell: label-pager
#| %%bash
#| add() { kubectl patch deployment "$1" --type=json -p '[{"op": "add", "path": "/spec/template/metadata/labels/'"$2"'", "value": "'"$3"'"}]'; }
#| add ranker tier serving
#| add bidder tier serving
#| add rescore mlops.example.org~1pages nobody

# %% cell: label-service
#| %%bash
#| add() { kubectl patch deployment "$1" --type=json -p '[{"op": "add", "path": "/spec/template/metadata/labels/'"$2"'", "value": "'"$3"'"}]'; }
#| for name in ranker ranker2; do add $name model ranking; add $name api v2; done
