"""Objections to a bill, what was set too low or too high, and money that goes back.

``objections`` and ``refunds`` know what counts; ``objecting``, ``ruling`` and ``paying_back`` are
what people do; ``follow`` what a move of the case brings. Every function that changes something
locks the case, refuses as ``services.perform`` does, and writes an event into its chain.
"""
