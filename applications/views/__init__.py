"""Pages of the applicant, and the public tracking."""
