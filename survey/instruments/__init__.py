"""What is asked: an instrument, the answers given to it, and its codebook."""
