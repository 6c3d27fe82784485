"""The state of a campaign: its tables, its life, what people and the scheduler may do with it."""
