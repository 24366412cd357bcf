"""Study: from texts to tables to notebooks to figures."""
