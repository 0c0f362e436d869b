"""Frameworks in and out as files: workbooks that offices fill in, pack files, packages of other programs.

`workbook_of(pack)` -> bytes; `read_file(content)` -> `Read`: what the file says, with every problem at its place.
"""
