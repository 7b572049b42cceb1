"""Verdicts and evidence turned into words and pictures.

What passes through: the `verdicts.json` files that grading leaves under `evidence/`. `reading` takes
them in, `terminal` draws tables for a terminal, `page` writes one HTML file for an instructor.
Nothing here talks to a cluster, runs a notebook or changes a grade.
"""
