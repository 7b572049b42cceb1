"""`autograder prove`: a lab's known answers, and what its grader makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.choosing import Context, Jobs, Json, Kubeconfig, open_cluster
from autograder.cli.explaining import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_REWORDED, EXIT_UNGRADED, notes, output

if TYPE_CHECKING:
    from autograder.cluster.connection import Connection
    from autograder.proving.answers import Answer
    from autograder.proving.outcomes import Proof, Run
    from autograder.proving.proofs import Plan
    from autograder.proving.running import Job


def prove(
    labs: Annotated[list[str] | None, typer.Argument(metavar="[LAB]…", help="Without it, every lab.")] = None,
    answers: Annotated[list[str] | None, typer.Option("--answer", help="Only this one; may be repeated.")] = None,
    rerun_failed: Annotated[
        bool, typer.Option("--rerun-failed", help="Only those that did not hold the last time, or were never run.")
    ] = False,
    update_goldens: Annotated[
        bool, typer.Option("--update-goldens", help="Put what wrong answers are told now in place of what is on file.")
    ] = False,
    without_examples: Annotated[
        bool,
        typer.Option(
            "--without-examples",
            help="Leave out worked examples, which often take longest; the reference keeps them.",
        ),
    ] = False,
    jobs: Jobs = 0,
    json: Json = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page that stands alone.")] = None,
    kubeconfig: Kubeconfig = None,
    context: Context = None,
) -> None:
    """Run every known answer of a lab and show what its grader makes of it: right, wrong, odd and blank."""
    from autograder.proving import page, remembering
    from autograder.proving.proofs import plan
    from autograder.workspace import course_root

    root = course_root()

    def wanted(lab: str, answer: Answer) -> bool:
        return not rerun_failed or not remembering.held(root, lab, answer)

    chosen = [each.rstrip("/") for each in labs or ()] or None
    planned = plan(chosen, course=root, only=answers, wanted=wanted, examples=not without_examples)
    if not planned.jobs:
        output().print("every answer held the last time; without --rerun-failed they are run again")
        return
    proofs = _proven(planned, open_cluster(kubeconfig, context), jobs)
    if update_goldens:
        proofs = _reworded(planned, proofs)
    _show(proofs)
    for proof in proofs:
        remembering.keep(root, proof, planned.answers[proof.lab])
    if json:
        remembering.write(json, remembering.as_json(proofs))
    if html:
        notes().print(f"the page: {page.write_page(proofs, html)}", highlight=False, soft_wrap=True)
    _end(proofs)


def _proven(planned: Plan, connection: Connection, jobs: int) -> list[Proof]:
    """Run them all, and show meanwhile how it goes."""
    from autograder.proving.outcomes import Proof
    from autograder.proving.pacing import Pace
    from autograder.proving.proofs import prove as prove_answers
    from autograder.proving.remembering import keep, usual_s
    from autograder.proving.showing import SIGNS, STOPPING, progress, run_line
    from autograder.proving.side_by_side import usual_at_once

    at_once = jobs or usual_at_once()
    usual = usual_s(planned.root, planned.answers)
    pace = Pace(tuple(job.key for job in planned.jobs), at_once, usual)
    with progress(pace, SIGNS, notes()) as say:

        def ended(job: Job, run: Run) -> None:
            pace.end(job.key, run.standing)
            say(run_line(pace, run), run.standing != "held")
            lab = job.source.lab  # at once, so that a proof that is killed has not been for nothing
            keep(planned.root, Proof(lab, (run,), (), ()), planned.answers[lab])

        return prove_answers(
            planned,
            connection=connection,
            at_once=at_once,
            on_start=lambda job: pace.start(job.key),
            on_end=ended,
            on_stop=lambda: say(STOPPING, True),
        )


def _reworded(planned: Plan, proofs: list[Proof]) -> list[Proof]:
    """Write what answers were told, say what that changes, and take it for what they must be told."""
    from rich.markup import escape

    from autograder.proving.rewording import reword

    found = []
    for proof in proofs:
        proof, changes = reword(planned.answers_in / proof.lab, proof, planned.answers[proof.lab])
        for change in changes:
            output().print(f"[yellow]golden[/] {proof.lab} · {escape(change)}", highlight=False, soft_wrap=True)
        if not changes:
            output().print(f"{proof.lab}: what answers are told is what is on file", highlight=False, soft_wrap=True)
        found.append(proof)
    return found


def _show(proofs: list[Proof]) -> None:
    from autograder.proving.showing import proof_table

    for proof in proofs:
        if proof.runs or proof.not_run:
            output().print(proof_table(proof))
        for sentence in proof.unnamed:
            output().print(f"[red]no wrong answer loses[/] “{sentence}”: nobody would notice if it always passed")


def _end(proofs: list[Proof]) -> None:
    """Says how it went, in words and by the exit code."""
    not_run = sum(len(proof.not_run) for proof in proofs)
    again = "autograder prove --rerun-failed"
    if reworded := [run for proof in proofs for run in proof.reworded]:
        notes().print(
            f"[yellow]{len(reworded)} got what they must, and were told something else than is on file[/]: "
            "mend what they are told, or take it over with --update-goldens"
        )
    bare = {each.lab for each in proofs if any(run.answer.golden is None for run in each.runs)}
    if bare:
        notes().print(
            f"what wrong answers are told is not on file: {', '.join(sorted(bare))}; --update-goldens keeps it"
        )
    if not_run:
        notes().print(
            f"[magenta]ended before {not_run} answers were run[/]: they stand in the table. To go on: {again}"
        )
        raise typer.Exit(EXIT_INTERRUPTED)
    if any(proof.failed for proof in proofs):
        notes().print(f"[red]not every answer got what it must[/]. Once that is mended: {again}")
        raise typer.Exit(EXIT_FAILED)
    if any(proof.outage for proof in proofs):
        notes().print(f"[magenta]an outage of ours left something undecided[/]: {again}")
        raise typer.Exit(EXIT_UNGRADED)
    output().print("[green]every answer got what it must[/]")
    if reworded:
        raise typer.Exit(EXIT_REWORDED)
