"""The Gradio page over one Assistant. Gradio itself is imported when the page starts."""
