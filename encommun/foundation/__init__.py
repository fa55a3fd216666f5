"""What everything stands on: the clock, actors, refusals, money, codes, signing, clean text. No models, no domain."""
