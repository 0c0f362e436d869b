"""Pages of standards: public reading, versions side by side, the editor, files in and out."""
