"""What every request passes before Gradio, the functions and the tools see it."""
