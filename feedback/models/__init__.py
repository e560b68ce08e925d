"""Rows of complaints and surveys."""

from feedback.models.survey import SurveyAnswer, SurveyInvitation, SurveyQuarter

__all__ = ["SurveyAnswer", "SurveyInvitation", "SurveyQuarter"]
