"""What the district sets up: sites, enrolment, windows and staff; every rule about them, for pages and commands alike."""
