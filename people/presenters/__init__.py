"""People, units and rosters in words for pages."""
