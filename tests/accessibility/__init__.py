"""The window as others meet it from outside its process: through the desktop's accessibility bus."""
