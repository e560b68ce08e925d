"""The file of a case ("berkas digital"): one ZIP that is read and checked without the portal.

``orders`` takes orders and lets the worker make them, ``folder`` holds what goes in, ``contents``
gathers it (the layers above add their parts), ``archive`` writes the ZIP in constant memory,
``periksa`` is the script that lies in it, ``compared`` holds such a ZIP against the database.
"""
