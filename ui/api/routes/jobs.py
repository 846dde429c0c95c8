"""The routes of uploads on their way."""

from __future__ import annotations

from fastapi import FastAPI

from ui.api.documented import TAGS, problems
from ui.api.paging import Paged
from ui.api.scopes import needs
from ui.jobs.job import Job
from ui.jobs.queue import JobQueue


def add_jobs(api: FastAPI, jobs: JobQueue) -> None:
    """Gives an API the routes of uploads on their way."""

    @api.get("/v1/jobs", tags=TAGS.jobs, responses=problems(422))
    @needs("ingest")
    def list_jobs(page: Paged) -> list[Job]:
        """The uploads that wait, are taken in, or were, the last one first."""
        return page.of(jobs.jobs())

    @api.get("/v1/jobs/{id}", tags=TAGS.jobs, responses=problems(404))
    @needs("ingest")
    def get_job(id: str) -> Job:
        """How far an upload is, and what became of its files."""
        return jobs.job(id)

    @api.delete("/v1/jobs/{id}", tags=TAGS.jobs, responses=problems(404))
    @needs("ingest")
    def cancel_job(id: str) -> Job:
        """Cancels an upload that waits or is taken in: the job is told as it is now, and is
        `failed` when it is over. What is stored of it already stays; one that is over stays as it
        is.
        """
        return jobs.cancel(id)
