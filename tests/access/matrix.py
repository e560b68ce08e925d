"""What each address answers to each actor: the declared table, and how it is read.

Names stand unindented, one or more; below them a line for each method. The statuses stand in the
order of the actors; ``405*`` repeats the last one to the end. 302 of an anonymous reader leads to
the login, of an applicant below /admin/ to a refusal; 404 hides that a thing is there at all.
"""

from access_cast import COLUMNS

METHODS = ("GET", "POST", "PUT", "DELETE")
TABLE = r"""
#   method            anonymous owner other turn role away admin auditor super
account_change_phone
    GET,POST,PUT 302 302 302 200 200 200 200 200 200
    DELETE 302 302 302 405 405 405 405 405 405
account_email
    GET 302 200*
    POST,PUT 302*
    DELETE 302 405*
account_end_sessions notifications:read_all
    GET,PUT,DELETE 302 405*
    POST 302*
account_home identity mandate_add applications:new
    GET,POST 302 200*
    PUT,DELETE 302 405*
account_login account_signup
    GET,POST,PUT 200 302*
    DELETE 405 302*
account_logout
    GET 302 200*
    POST 302*
    PUT,DELETE 405*
account_prove_email
    GET,POST 302 200 200 302 302 302 302 302 302
    PUT,DELETE 302 405*
account_reauthenticate account_change_password
    GET,POST,PUT 302 200*
    DELETE 302 405*
account_reset_password
    GET,POST,PUT 200*
    DELETE 405*
applications:delete
    GET 302 200 404 404 404 404 404 404 404
    POST 302 302 404 404 404 404 404 404 404
    PUT,DELETE 302 405*
applications:detail applications:pickup applications:documents applications:corrections
retribusi:relief
    GET 302 200 404 404 404 404 404 404 404
    POST,PUT,DELETE 302 405 404 404 404 404 404 404 404
applications:file applications:page_picture applications:paper retribusi:proof
    GET 302 200 404 200 200 404 200 200 404
    POST,PUT,DELETE 302 405*
applications:move
    GET 302 200 404 404 404 404 404 404 404
    POST 302 409 404 403 403 404 403 403 404
    PUT,DELETE 302 405*
applications:older_permit
    GET 302 200*
    POST 302 422*
    PUT,DELETE 302 405*
applications:service
    GET,POST 302 404*
    PUT,DELETE 302 405 404 404 404 404 404 404 404
applications:parts applications:send retribusi:pay retribusi:refund
    GET 302 200 404 404 404 404 404 404 404
    POST 302 422 404 404 404 404 404 404 404
    PUT,DELETE 302 405 404 404 404 404 404 404 404
retribusi:relief_send
    GET,POST 302 409 404 404 404 404 404 404 404
    PUT,DELETE 302 405 404 404 404 404 404 404 404
retribusi:objection
    GET 302 409 404 404 404 404 404 404 404
    POST 302 422 404 404 404 404 404 404 404
    PUT,DELETE 302 405 404 404 404 404 404 404 404
retribusi:relief_upload
    GET,PUT,DELETE 302 405 404 404 404 404 404 404 404
    POST 302 422 404 404 404 404 404 404 404
retribusi:relief_withdraw retribusi:objection_withdraw
    GET 302 200 404 404 404 404 404 404 404
    POST 302 409 404 404 404 404 404 404 404
    PUT,DELETE 302 405 404 404 404 404 404 404 404
retribusi:interest
    GET 302 200 404 404 404 404 404 404 404
    POST 302 409 404 404 404 404 404 404 404
    PUT,DELETE 302 405 404 404 404 404 404 404 404
applications:resend applications:understood
    GET,PUT,DELETE 302 405 404 404 404 404 404 404 404
    POST 302 409 404 404 404 404 404 404 404
applications:section
    GET 302 200 404 404 404 404 404 404 404
    POST 302 409 404 404 404 404 404 404 404
    PUT,DELETE 302 405 404 404 404 404 404 404 404
applications:letter
    GET,PUT,DELETE 302 405 404 404 404 404 404 404 404
    POST 302 404 404 404 404 404 404 404 404
applications:upload applications:answer
    GET,PUT,DELETE 302 405 404 404 404 404 404 404 404
    POST 302 422 404 404 404 404 404 404 404
documents:check documents:paper bill_check:ask applications:track complaints:find complaints:form
    GET 200*
    POST 422*
    PUT,DELETE 405*
complaints:status
    GET 200*
    POST 409*
    PUT,DELETE 405*
favicon after_login account_email_verification_sent account_verify_phone account_set_password
account_confirm_password_reset_code account_complete_password_reset mfa_authenticate
mfa_reauthenticate mfa_activate_totp mfa_generate_recovery_codes
    GET,POST,PUT,DELETE 302*
home robots health account_inactive account_password_reset_completed calculator standard blank
bill_check:paper
    GET 200*
    POST,PUT,DELETE 405*
identity_ktp
    GET 302 200 404 404 404 404 404 404 404
    POST,PUT,DELETE 302 405*
mandate_end mandate_renew
    GET,POST 302 404*
    PUT,DELETE 302 405*
mfa_deactivate_totp mfa_download_recovery_codes
    GET,POST,PUT,DELETE 302 404*
mfa_index mandates notifications:inbox applications:list
    GET 302 200*
    POST,PUT,DELETE 302 405*
mfa_view_recovery_codes mandate_letter
    GET 302 404*
    POST,PUT,DELETE 302 405*
notifications:demo
    GET,POST,PUT,DELETE 404*
notifications:read
    GET,PUT,DELETE 302 405*
    POST 302 302 404 404 404 404 404 404 404
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
admin:accounts_posting_change
    GET 302 302 302 403 403 403 200 403 200
    POST 302 302 302 403 403 403 302 403 302
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:applications_phrase_change
    GET 302 302 302 403 403 403 200 403 200
    POST 302 302 302 403 403 403 302 403 302
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:accounts_posting_history admin:applications_phrase_history
    GET,POST 302 302 302 302 302 302 200 302 200
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:accounts_user_change
    GET,POST 302 302 302 403 403 403 302 403 200
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:applications_phrase_add admin:applications_phrase_delete
admin:accounts_user_delete admin:accounts_posting_delete admin:accounts_identity_add
admin:accounts_identity_delete admin:accounts_mandate_add admin:accounts_mandate_delete
admin:accounts_identityview_add admin:accounts_identityview_delete
admin:notifications_message_add admin:notifications_message_delete admin:notifications_job_add
admin:notifications_job_delete admin:documents_paper_add admin:documents_paper_delete
admin:retribusi_assessment_add admin:retribusi_assessment_delete admin:retribusi_skrd_add
admin:retribusi_skrd_delete admin:retribusi_payment_add admin:retribusi_payment_delete
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
applications:claim
    GET 302 200*
    POST 302 422*
    PUT,DELETE 302 405*
applications:take_over
    GET,PUT,DELETE 302 405*
    POST 302 302 404 404 404 404 404 404 404
admin:counter
    GET 302 302 302 403 403 200 403 403 403
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:counter_take
    GET 302*
    POST 302 302 302 403 403 422 403 403 403
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:counter_reach
    GET,POST 302 302 302 404 404 409 404 404 404
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:counter_paper
    GET 302 302 302 404 404 200 404 404 404
    POST 302 302 302 404 404 422 404 404 404
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:counter_form
    GET 302 302 302 404 404 200 404 404 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:counter_slip
    GET 302 302 302 404 404 409 404 404 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:add_point
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 422 409 404 403 403 404
admin:app_list
    GET,POST 302 302 302 404 404 404 200 404 200
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:case
    GET 302 302 302 200 200 404 200 200 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:reliefs admin:objections
    GET 302 302 302 200 200 403 200 200 403
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:relief admin:objection
    GET 302 302 302 200 200 404 200 200 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:refunds
    GET 302 302 302 403 200 403 200 200 403
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:refund
    GET 302 302 302 403 200 404 200 200 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:refund_act
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 403 403 404 403 403 404
admin:refund_new
    GET 302 302 302 403 200 404 403 403 404
    POST 302 302 302 403 422 404 403 403 404
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:relief_act admin:objection_act
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 403 403 404 403 403 404
admin:arrears
    GET 302 302 302 403 200 403 200 200 403
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:arrear
    GET 302 302 302 403 200 404 200 200 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:arrear_propose
    GET,POST 302 302 302 403 422 404 403 403 404
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:arrear_preview
    GET 302 302 302 403 200 404 404 404 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:arrear_act
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 403 409 404 403 403 404
admin:cases admin:autocomplete admin:jsi18n
    GET 302 302 302 200 200 200 200 200 200
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:daerah_holiday_change
    GET 302 302 302 200 200 200 200 200 200
    POST 302 302 302 403 403 403 403 403 200
    PUT,DELETE 302 302 302 405 405 405 405 405 405
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
admin:drop_point admin:claim
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 302 409 404 403 403 404
admin:index
    GET 302 302 302 200 200 200 302 302 302
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:search
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302*
admin:hand_over
    GET 302 302 302 200 409 404 403 403 404
    POST 302 302 302 422 409 404 403 403 404
    PUT,DELETE 302 302 302 405 405 405 405 405 405
survey:answer
    GET 200*
    POST 422*
    PUT,DELETE 405*
admin:survey_export
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 403 403 403 403 403 403
admin:register admin:survey
    GET 302 302 302 200 200 200 200 200 403
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:findings
    GET 302 302 302 403 403 403 200 200 403
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:statements admin:bank_formats
    GET 302 302 302 403 200 403 200 200 403
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:statement_upload admin:bank_format_new
    GET 302 302 302 403 200 403 403 403 403
    POST 302 302 302 403 422 403 403 403 403
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:bank_format
    GET 302 302 302 404 200 404 403 403 404
    POST 302 302 302 404 422 404 403 403 404
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:statement admin:statement_sheet admin:statement_line
    GET 302 302 302 404 200 404 200 200 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:statement_act admin:statement_line_act
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 404 422 404 403 403 404
admin:trials
    GET 302 302 302 403 403 403 200 200 403
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:trial_new
    GET 302 302 302 403 403 403 200 403 403
    POST 302 302 302 403 403 403 422 403 403
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:trial
    GET 302 302 302 404 404 404 200 200 404
    POST 302 302 302 404 404 404 409 403 404
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:trial_discard
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 404 404 404 409 403 404
admin:trial_effect
    GET 302 302 302 404 404 404 200 200 404
    POST 302 302 302 404 404 404 302 403 404
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:trial_block admin:trial_file
    GET 302 302 302 404 404 404 200 200 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:complaints
    GET 302 302 302 200 200 200 200 200 403
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:complaint
    GET 302 302 302 200 200 404 200 200 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:complaint_enter
    GET 302 302 302 200 200 200 200 403 403
    POST 302 302 302 422 422 422 422 403 403
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:complaint_file
    GET 302 302 302 403 200 404 200 200 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:complaint_move
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 403 409 404 409 403 404
admin:register_ask
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 403 403 403 403 403 403
admin:register_export admin:register_fetch
    GET 302 302 302 404 404 404 200 404 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:judge admin:assess
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 409 409 404 403 403 404
admin:login
    GET,POST,PUT,DELETE 302 403*
admin:logout admin:password_change admin/accounts/user/<path:object_id>/
admin/accounts/posting/<path:object_id>/ admin/accounts/identity/<path:object_id>/
admin/accounts/mandate/<path:object_id>/ admin/accounts/identityview/<path:object_id>/
admin/applications/phrase/<path:object_id>/
admin/daerah/holiday/<path:object_id>/ admin/notifications/message/<path:object_id>/
admin/notifications/job/<path:object_id>/ admin/documents/paper/<path:object_id>/
admin/retribusi/assessment/<path:object_id>/ admin/retribusi/skrd/<path:object_id>/
admin/retribusi/payment/<path:object_id>/
    GET,POST 302*
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:identity
    GET 302 302 302 200 200 404 200 200 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:move
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 422 403 404 403 403 404
admin:note
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 422 422 404 403 403 404
admin:preview
    GET 302 302 302 200 404 404 404 404 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:draft_page
    GET 302 302 302 200 404 404 404 404 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:send_again
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 302 302 404 302 403 404
admin:payments admin:undelivered
    GET 302 302 302 200 200 200 200 200 200
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:pay
    GET,POST 302 302 302 403 403 404 403 403 404
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:cash admin:cash_book admin:cash_month admin:cash_closings
    GET 302 302 302 403 200 403 200 200 403
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:cash_close
    GET 302 302 302 403 200 403 403 403 403
    POST 302 302 302 403 409 403 403 403 403
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:cash_closing
    GET 302 302 302 404 200 404 200 200 404
    POST,PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:cash_known
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 404 403 404 403 403 404
admin:cash_closing_export
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 404 302 404 302 302 404
admin:cash_correct
    GET 302 302 302 404 200 404 403 403 404
    POST 302 302 302 404 422 404 403 403 404
    PUT,DELETE 302 302 302 405 405 405 405 405 405
admin:cash_export
    GET,PUT,DELETE 302 302 302 405 405 405 405 405 405
    POST 302 302 302 403 302 403 302 302 403
admin:record
    GET 302 302 302 200 403 404 403 403 404
    POST 302 302 302 422 403 404 403 403 404
    PUT,DELETE 302 302 302 405 405 405 405 405 405
"""


def expected() -> dict[str, dict[str, list[int]]]:
    """Return the statuses by name and method. ValueError where a name has two rows."""
    found, names = {}, []
    for line in TABLE.strip().splitlines()[1:]:
        if line.startswith(" "):
            methods, *statuses = line.split()
            for name in names:
                found[name] |= {method: _row(statuses) for method in methods.split(",")}
            fresh = True
            continue
        names = line.split() if not names or fresh else [*names, *line.split()]
        fresh = False
        for name in line.split():
            if name in found:
                raise ValueError(f"two rows for {name}")
            found[name] = {}
    return found


def _row(statuses):
    """Return one status per actor: a former agent is to every address what a stranger is."""
    last = int(statuses[-1].rstrip("*"))
    row = [int(status.rstrip("*")) for status in statuses]
    row += [last] * (len(COLUMNS) - len(row))
    return [*row, row[COLUMNS.index("other")]]
