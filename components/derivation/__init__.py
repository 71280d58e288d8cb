"""The whole argument, told with the numbers of the stage."""
