module example.org/tool
