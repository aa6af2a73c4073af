"""What people are told, in-app and by mail: all words lie in `<language>.yaml` here, what they speak of in `said.py`."""
