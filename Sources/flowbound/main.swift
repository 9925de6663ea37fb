print("flowbound")
