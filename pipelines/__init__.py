"""Whosaid: raw news articles in, a warehouse of who said what out."""
