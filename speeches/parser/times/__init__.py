"""Words of time, the days they mean and the rules that said so. The door is `speeches.parser.dates`."""
