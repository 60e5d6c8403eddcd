"""Tables as people have them: spreadsheets and delimited text become rows of cells that know their place."""
