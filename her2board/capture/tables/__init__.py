"""Tables copied from spreadsheets, record systems and reports, read as entries of a list.

``cells`` splits the text, ``columns`` says what each column holds and what is asked of it, ``reading`` reads one cell,
``entries`` puts a row together, ``lines`` proposes which rows are one line of therapy. All are pure functions: the
same text, choices and answers give the same entries.
"""
