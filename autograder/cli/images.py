"""`autograder images …`: the course's container images."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli.explaining import output

app = typer.Typer(help="The course's container images, built here without Docker.", no_args_is_help=True)


@app.command()
def build() -> None:
    """Build the images and fill the registry that the cluster pulls from."""
    from autograder.cluster import images

    images.ensure_images()
    output().print("every image is built")


@app.command()
def push(
    target: Annotated[
        str, typer.Argument(metavar="REGISTRY", help="HOST[:PORT][/PATH], like registry.example.org/ml-course.")
    ],
    plain_http: Annotated[bool, typer.Option("--plain-http", help="Without TLS, as on loopback.")] = False,
) -> None:
    """Put the images into a registry that another cluster's nodes reach, as who `docker login` signed in."""
    from autograder.cluster import pushing

    for each in pushing.push(target, plain_http=plain_http):
        output().print(each, highlight=False, soft_wrap=True)
    output().print(f"export AUTOGRADER_IMAGES={target.rstrip('/')}", highlight=False, soft_wrap=True)
