"""«My space», «my data», and the public notice."""
