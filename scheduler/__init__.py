"""What happens by itself: the heartbeat, the tick, issuing, the reminder ladder."""
