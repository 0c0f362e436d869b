"""1EdTech CASE 1.1: frameworks as packages of items, associations and rubrics; in, out and over the network."""
