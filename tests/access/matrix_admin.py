"""Rows of the matrix: master data and the lists of the admin."""

TABLE = r"""
#   method            anonymous owner other turn role away admin auditor super
admin/(?P<url>.*)$
    GET,POST 302 302 302 404 404 404 404 404 404
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:accounts_identity_change admin:accounts_mandate_change admin:accounts_identityview_change
admin:notifications_message_change admin:notifications_job_change
    GET 302 302 302 403 403 403 403 403 200
    POST 302 302 302 403 403 403 403 403 403
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:accounts_identity_changelist admin:accounts_identity_history
admin:accounts_mandate_changelist admin:accounts_mandate_history
admin:accounts_identityview_changelist admin:accounts_identityview_history
admin:daerah_holiday_delete admin:notifications_message_changelist
admin:notifications_message_history admin:notifications_job_changelist
admin:notifications_job_history
    GET,POST 302 302 302 403 403 403 403 403 200
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:accounts_posting_change admin:applications_phrase_change
    GET 302 302 302 403 403 403 200 403 200
    POST 302 302 302 403 403 403 302 403 302
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:accounts_posting_history admin:applications_phrase_history
    GET,POST 302 302 302 302 302 302 200 302 200
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:accounts_user_change
    GET,POST 302 302 302 403 403 403 302 403 200
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:applications_phrase_add admin:applications_phrase_delete admin:accounts_user_delete
admin:accounts_posting_delete admin:accounts_identity_add admin:accounts_identity_delete
admin:accounts_mandate_add admin:accounts_mandate_delete admin:accounts_identityview_add
admin:accounts_identityview_delete admin:notifications_message_add
admin:notifications_message_delete admin:notifications_job_add admin:notifications_job_delete
admin:documents_paper_add admin:documents_paper_delete admin:retribusi_assessment_add
admin:retribusi_assessment_delete admin:retribusi_skrd_add admin:retribusi_skrd_delete
admin:retribusi_payment_add admin:retribusi_payment_delete
    GET,POST 302 302 302 403 403 403 403 403 403
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:accounts_user_history
    GET,POST 302 302 302 302 302 302 302 302 200
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:accounts_user_number admin:accounts_user_changelist admin:accounts_user_add
admin:accounts_posting_changelist admin:accounts_posting_add admin:daerah_holiday_add
admin:applications_phrase_changelist
    GET,POST 302 302 302 403 403 403 200 403 200
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:app_list
    GET,POST 302 302 302 404 404 404 200 404 200
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:autocomplete admin:jsi18n
    GET 302 302 302 200 200 200 200 200 200
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:daerah_holiday_change
    GET 302 302 302 200 200 200 200 200 200
    POST 302 302 302 403 403 403 403 403 200
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:daerah_holiday_settle
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 403 403 403 403 403 302
admin:data admin:daerah_holiday_changelist admin:daerah_holiday_history
admin:documents_paper_changelist admin:retribusi_assessment_changelist
admin:retribusi_skrd_changelist admin:retribusi_payment_changelist
    GET,POST 302 302 302 200 200 200 200 200 200
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:documents_paper_change admin:retribusi_assessment_change admin:retribusi_skrd_change
admin:retribusi_payment_change
    GET 302 302 302 200 200 302 200 200 200
    POST 302 302 302 403 403 403 403 403 403
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:documents_paper_history admin:retribusi_assessment_history admin:retribusi_skrd_history
admin:retribusi_payment_history
    GET,POST 302 302 302 200 200 302 200 200 200
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:login
    GET,POST,PUT,DELETE 302 403*
admin:logout admin:password_change admin/accounts/user/<path:object_id>/
admin/accounts/posting/<path:object_id>/ admin/accounts/identity/<path:object_id>/
admin/accounts/mandate/<path:object_id>/ admin/accounts/identityview/<path:object_id>/
admin/applications/phrase/<path:object_id>/ admin/daerah/holiday/<path:object_id>/
admin/notifications/message/<path:object_id>/ admin/notifications/job/<path:object_id>/
admin/documents/paper/<path:object_id>/ admin/retribusi/assessment/<path:object_id>/
admin/retribusi/skrd/<path:object_id>/ admin/retribusi/payment/<path:object_id>/
    GET,POST 302*
    PUT,DELETE 302 302 302 405 405 405 405 405 405
"""
