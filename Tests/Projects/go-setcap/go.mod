module example.org/dns
