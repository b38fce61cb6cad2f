# Filled by the capture and record screens.
