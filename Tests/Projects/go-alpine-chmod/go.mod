module example.org/s
