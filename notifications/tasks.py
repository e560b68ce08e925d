"""Celery's tasks. The table of jobs decides; these only look at it."""

import time

from celery import shared_task
from django.conf import settings

from notifications import bell, jobs, periodic


@shared_task
def run_job(job_id):
    """Try one job once."""
    jobs.run(job_id)


@shared_task
def work():
    """Do what is due until the next sweep calls again.

    Not one task for each job: a backlog would fill the queue again at every sweep, with more rings
    for what is done already than a busy worker can hear.
    """
    end = time.monotonic() + settings.JOBS_BEAT
    while time.monotonic() < end and jobs.run_one():
        pass


@shared_task
def sweep():
    """Give back what dead workers held, open the periodic jobs, call hands for what is due."""
    jobs.sweep()
    periodic.tick()
    for _ in jobs.due(settings.WORKER_CONCURRENCY):
        bell.call()
