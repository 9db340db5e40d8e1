"""What is done with news, a module for each kind of deed."""
