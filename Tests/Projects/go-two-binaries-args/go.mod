module example.org/w
