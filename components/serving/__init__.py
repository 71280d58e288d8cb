"""What protects a server: settings, policy, time limit, gates."""
