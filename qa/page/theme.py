"""How the page looks: its theme and the files that style it. System fonts only."""

from importlib.resources import files
from pathlib import Path

import gradio as gr

SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Liberation Sans", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Liberation Mono", "monospace")
FAVICON = str(Path(str(files("qa.page").joinpath("static", "favicon.svg"))))


def read_static(name: str) -> str:
    """Return a file of `static/` as text."""
    return files("qa.page").joinpath("static", name).read_text(encoding="utf-8")


def build_theme() -> gr.themes.Base:
    """Return the theme: paper and ink, one blue; `page.css` names the same colours."""
    theme = gr.themes.Base(
        font=[gr.themes.Font(name) for name in SANS],
        font_mono=[gr.themes.Font(name) for name in MONO],
        text_size=gr.themes.sizes.text_md,
        radius_size=gr.themes.sizes.radius_sm,
    )
    return theme.set(
        body_background_fill="#faf8f4",
        body_background_fill_dark="#14171a",
        body_text_color="#1d2024",
        body_text_color_dark="#e6e4df",
        body_text_color_subdued="#5a6069",
        body_text_color_subdued_dark="#a4abb3",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1b1f23",
        background_fill_secondary="#faf8f4",
        background_fill_secondary_dark="#14171a",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_border_width_dark="0px",
        block_label_text_color="#5a6069",
        block_label_text_color_dark="#a4abb3",
        block_title_text_color="#1d2024",
        block_title_text_color_dark="#e6e4df",
        block_info_text_color="#5a6069",
        block_info_text_color_dark="#a4abb3",
        block_shadow="none",
        border_color_primary="#8c8779",
        border_color_primary_dark="#6b737b",
        border_color_accent="#0b5c94",
        border_color_accent_dark="#7cc0ee",
        color_accent="#0b5c94",
        color_accent_soft="#e6f0f7",
        color_accent_soft_dark="#22323f",
        link_text_color="#0b5c94",
        link_text_color_dark="#7cc0ee",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1b1f23",
        input_border_color="#8c8779",
        input_border_color_dark="#6b737b",
        input_border_color_focus="#0b5c94",
        input_border_color_focus_dark="#7cc0ee",
        input_border_width="1px",
        input_shadow="none",
        input_shadow_focus="none",
        input_placeholder_color="#6a6f76",
        input_placeholder_color_dark="#959ca4",
        button_primary_background_fill="#0b5c94",
        button_primary_background_fill_dark="#7cc0ee",
        button_primary_background_fill_hover="#084a78",
        button_primary_background_fill_hover_dark="#a3d3f4",
        button_primary_border_color="#0b5c94",
        button_primary_border_color_dark="#7cc0ee",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#0e1a23",
        button_secondary_background_fill="transparent",
        button_secondary_background_fill_dark="transparent",
        button_secondary_background_fill_hover="#f0ece3",
        button_secondary_background_fill_hover_dark="#262b30",
        button_secondary_text_color="#1d2024",
        button_secondary_text_color_dark="#e6e4df",
        button_secondary_border_color="#8c8779",
        button_secondary_border_color_dark="#6b737b",
        checkbox_background_color="#ffffff",
        checkbox_background_color_dark="#1b1f23",
        checkbox_background_color_selected="#0b5c94",
        checkbox_background_color_selected_dark="#2f7fb8",
        checkbox_border_color="#8c8779",
        checkbox_border_color_dark="#6b737b",
        checkbox_border_color_selected="#0b5c94",
        checkbox_border_color_selected_dark="#7cc0ee",
        checkbox_border_color_focus="#0b5c94",
        checkbox_border_color_focus_dark="#7cc0ee",
        checkbox_label_background_fill="transparent",
        checkbox_label_background_fill_dark="transparent",
        checkbox_label_background_fill_hover="transparent",
        checkbox_label_background_fill_hover_dark="transparent",
        checkbox_label_background_fill_selected="transparent",
        checkbox_label_background_fill_selected_dark="transparent",
        checkbox_label_border_width="0px",
        checkbox_label_border_width_dark="0px",
        checkbox_label_padding="4px 8px 4px 0",
        checkbox_label_shadow="none",
        slider_color="#0b5c94",
        slider_color_dark="#7cc0ee",
    )
