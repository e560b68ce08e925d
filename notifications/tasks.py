"""Celery's two tasks. The table of jobs decides; these only look at it."""

from celery import shared_task

from notifications import bell, jobs, periodic

BATCH, LIFE = 200, 30
"""Jobs rung for at one sweep, and seconds after which such a ring is dropped unheard: the queue
stays short however long the workers were away."""


@shared_task
def run_job(job_id):
    """Try one job once."""
    jobs.run(job_id)


@shared_task
def sweep():
    """Give back what dead workers held, open the periodic jobs, ring for all that is due."""
    jobs.sweep()
    periodic.tick()
    for job_id in jobs.due(BATCH):
        bell.ring(job_id, expires=LIFE)
