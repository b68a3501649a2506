not really a file
