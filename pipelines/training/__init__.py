"""Train the language model: prepare corpora, train, evaluate, quantize. Needs torch; reading articles does not."""
