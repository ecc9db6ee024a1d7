"""From the counties' ledgers to figures that can be traced back to the cell."""
