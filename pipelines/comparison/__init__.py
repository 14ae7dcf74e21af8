"""Compare articles with each other: shared text, stories, renderings of one statement, figures of one thing.

Each comparison covers the whole corpus, but compares again only what changed since it last ran; its result is
the one that a comparison of everything would have given.
"""
