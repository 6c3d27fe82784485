"""Google Drive v3: files, who may see them, and the drives they lie in."""
