"""Rules that items, topics and the whole bank must satisfy."""
