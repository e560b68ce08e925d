"""Chains of hashes: walked link by link, and held against the heads that a daily digest kept.

``kinds`` names the chains (the layers above add theirs), ``case_events`` walks the events of the
cases, ``digests`` writes the digest of a day, ``against`` holds the chains against one,
``telling`` mails and prints it.
"""
