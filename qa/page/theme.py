"""How the page looks: its theme and the files that style it. System fonts only."""

from importlib.resources import files
from pathlib import Path

import gradio as gr

SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Liberation Sans", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Liberation Mono", "monospace")
# Settings of the theme, in light and in dark mode; None keeps the default of Gradio.
_SETTINGS: tuple[tuple[str, str, str | None], ...] = (
    ("body_background_fill", "#faf8f4", "#14171a"),
    ("body_text_color", "#1d2024", "#e6e4df"),
    ("body_text_color_subdued", "#5a6069", "#a4abb3"),
    ("background_fill_primary", "#ffffff", "#1b1f23"),
    ("background_fill_secondary", "#faf8f4", "#14171a"),
    ("block_background_fill", "transparent", "transparent"),
    ("block_border_width", "0px", "0px"),
    ("block_label_text_color", "#5a6069", "#a4abb3"),
    ("block_title_text_color", "#1d2024", "#e6e4df"),
    ("block_info_text_color", "#5a6069", "#a4abb3"),
    ("block_shadow", "none", None),
    ("border_color_primary", "#8c8779", "#6b737b"),
    ("border_color_accent", "#0b5c94", "#7cc0ee"),
    ("color_accent", "#0b5c94", None),
    ("color_accent_soft", "#e6f0f7", "#22323f"),
    ("link_text_color", "#0b5c94", "#7cc0ee"),
    ("input_background_fill", "#ffffff", "#1b1f23"),
    ("input_border_color", "#8c8779", "#6b737b"),
    ("input_border_color_focus", "#0b5c94", "#7cc0ee"),
    ("input_border_width", "1px", None),
    ("input_shadow", "none", None),
    ("input_shadow_focus", "none", None),
    ("input_placeholder_color", "#6a6f76", "#959ca4"),
    ("button_primary_background_fill", "#0b5c94", "#7cc0ee"),
    ("button_primary_background_fill_hover", "#084a78", "#a3d3f4"),
    ("button_primary_border_color", "#0b5c94", "#7cc0ee"),
    ("button_primary_text_color", "#ffffff", "#0e1a23"),
    ("button_secondary_background_fill", "transparent", "transparent"),
    ("button_secondary_background_fill_hover", "#f0ece3", "#262b30"),
    ("button_secondary_text_color", "#1d2024", "#e6e4df"),
    ("button_secondary_border_color", "#8c8779", "#6b737b"),
    ("checkbox_background_color", "#ffffff", "#1b1f23"),
    ("checkbox_background_color_selected", "#0b5c94", "#2f7fb8"),
    ("checkbox_border_color", "#8c8779", "#6b737b"),
    ("checkbox_border_color_selected", "#0b5c94", "#7cc0ee"),
    ("checkbox_border_color_focus", "#0b5c94", "#7cc0ee"),
    ("checkbox_label_background_fill", "transparent", "transparent"),
    ("checkbox_label_background_fill_hover", "transparent", "transparent"),
    ("checkbox_label_background_fill_selected", "transparent", "transparent"),
    ("checkbox_label_border_width", "0px", "0px"),
    ("checkbox_label_padding", "4px 8px 4px 0", None),
    ("checkbox_label_shadow", "none", None),
    ("slider_color", "#0b5c94", "#7cc0ee"),
)
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
    light = {name: value for name, value, _ in _SETTINGS}
    dark = {f"{name}_dark": value for name, _, value in _SETTINGS if value is not None}
    return theme.set(**light, **dark)
