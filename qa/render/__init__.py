"""An Answer in the forms that people and programs take it."""
