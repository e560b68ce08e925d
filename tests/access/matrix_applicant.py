"""Rows of the matrix: the applicant: cases, identity, mandates, messages."""

TABLE = r"""
#   method            anonymous owner other turn role away admin auditor super
notifications:read_all
    GET,PUT,DELETE 302 405*
    POST 302*
identity mandate_add applications:new
    GET,POST 302 200*
    PUT,DELETE 302 405*
applications:delete
    GET 302 200 404 404 404 404 404 404 404
    POST 302 302 404 404 404 404 404 404 404
    PUT,DELETE 302 405*
applications:case_file
    GET 302 200 404 404 404 404 404 404 404
    POST 302 302 404 404 404 404 404 404 404
    PUT,DELETE 302 405*
applications:case_file_fetch
    GET 302 404 404 200 404 404 404 404 404
    POST,PUT,DELETE 302 405*
applications:detail applications:pickup applications:documents applications:corrections
applications:form_filled
    GET 302 200 404 404 404 404 404 404 404
    POST,PUT,DELETE 302 405 404 404 404 404 404 404 404
applications:file applications:page_picture applications:paper
    GET 302 200 404 200 200 404 200 200 404
    POST,PUT,DELETE 302 405*
applications:move
    GET 302 200 404 404 404 404 404 404 404
    POST 302 409 404 403 403 404 403 403 404
    PUT,DELETE 302 405*
applications:older_permit applications:claim
    GET 302 200*
    POST 302 422*
    PUT,DELETE 302 405*
applications:service
    GET,POST 302 404*
    PUT,DELETE 302 405 404 404 404 404 404 404 404
applications:parts applications:send applications:sort
    GET 302 200 404 404 404 404 404 404 404
    POST 302 422 404 404 404 404 404 404 404
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
applications:upload applications:answer applications:sort_one
    GET,PUT,DELETE 302 405 404 404 404 404 404 404 404
    POST 302 422 404 404 404 404 404 404 404
identity_ktp
    GET 302 200 404 404 404 404 404 404 404
    POST,PUT,DELETE 302 405*
mandate_end mandate_owner mandate_renew
    GET,POST 302 404*
    PUT,DELETE 302 405*
mandates notifications:inbox applications:list
    GET 302 200*
    POST,PUT,DELETE 302 405*
mandate_letter
    GET 302 404*
    POST,PUT,DELETE 302 405*
notifications:demo
    GET,POST,PUT,DELETE 404*
notifications:read applications:take_over
    GET,PUT,DELETE 302 405*
    POST 302 302 404 404 404 404 404 404 404
survey:answer
    GET 200*
    POST 422*
    PUT,DELETE 405*
"""
