"""Rows of complaints and surveys."""

from feedback.models.complaint import Channel, Complaint, Topic
from feedback.models.complaint_file import ComplaintFile
from feedback.models.complaint_history import ComplaintEvent, ComplaintNote
from feedback.models.survey import SurveyAnswer, SurveyInvitation, SurveyQuarter

__all__ = [
    "Channel", "Complaint", "ComplaintEvent", "ComplaintFile", "ComplaintNote", "SurveyAnswer",
    "SurveyInvitation", "SurveyQuarter", "Topic",
]  # fmt: skip
