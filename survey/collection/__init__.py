"""The way in: answers judged, packed and stored once, with a receipt."""
