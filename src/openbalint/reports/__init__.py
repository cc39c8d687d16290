"""Reports: numbered tables and pictures of an analysis as HTML, PDF and DOCX, in English and Chinese.

`analysis` is the door. What a report says is built once as a `document` (blocks, tables, pictures); each format only
lays it out. The language's gettext and the day are passed in.
"""
