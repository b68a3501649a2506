lake.jpg: not really a picture
