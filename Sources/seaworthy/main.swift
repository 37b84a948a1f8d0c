print("seaworthy")
