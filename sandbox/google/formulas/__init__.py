"""What a spreadsheet computes: formulas read, moved with their rows, and evaluated."""
