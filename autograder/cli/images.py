"""`autograder images …`: the course's container images."""

from __future__ import annotations

import typer

from autograder.cli.explaining import output

app = typer.Typer(help="The course's container images, built here without Docker.", no_args_is_help=True)


@app.command()
def build() -> None:
    """Build the images and fill the registry that the cluster pulls from."""
    from autograder.cluster import images

    images.ensure_images()
    output().print("every image is built")
