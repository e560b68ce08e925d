"""Rows of the matrix: public pages, accounts and logins."""

TABLE = r"""
#   method            anonymous owner other turn role away admin auditor super
account_change_phone
    GET,POST,PUT 302 302 302 200 200 200 200 200 200
    DELETE 302 302 302 405 405 405 405 405 405
account_email
    GET 302 200*
    POST,PUT 302*
    DELETE 302 405*
account_end_sessions
    GET,PUT,DELETE 302 405*
    POST 302*
account_home
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
documents:check documents:paper applications:track complaints:find complaints:form
    GET 200*
    POST 422*
    PUT,DELETE 405*
complaints:status
    GET 200*
    POST 409*
    PUT,DELETE 405*
complaints:letter
    GET 404*
    POST,PUT,DELETE 405*
favicon after_login account_email_verification_sent account_verify_phone account_set_password
account_confirm_password_reset_code account_complete_password_reset mfa_authenticate
mfa_reauthenticate mfa_activate_totp mfa_generate_recovery_codes
    GET,POST,PUT,DELETE 302*
home robots health account_inactive account_password_reset_completed standard blank
applications:form_blank
    GET 200*
    POST,PUT,DELETE 405*
mfa_deactivate_totp mfa_download_recovery_codes
    GET,POST,PUT,DELETE 302 404*
mfa_index
    GET 302 200*
    POST,PUT,DELETE 302 405*
mfa_view_recovery_codes
    GET 302 404*
    POST,PUT,DELETE 302 405*
"""
