# entry
