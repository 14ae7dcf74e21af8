"""Train the language model: prepare, train, evaluate, quantize, calibrate.

It needs torch (`pip install whosaid[train]`); reading articles does not.
"""
