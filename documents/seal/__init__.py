"""Electronic seals on papers (PAdES): one interface, three ways.

``ways.current()`` gives the way of this installation: None (papers are signed wet), ``lokal`` (the
office's own certificate chain) or ``nasional`` (the national service). pyHanko is imported inside
functions: only a process that seals pays for it.
"""
