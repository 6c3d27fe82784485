"""What people get to read: rankings, progress and notices; tables first, then chat text, picture and Excel."""
