"""The line that shows what is loaded, and the form that adds texts to the index."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.components import Component

from embeddings.index_errors import EmbeddingsError
from embeddings.model.model_id import DEFAULT_NAME
from qa.errors import InputError, OperativeError
from qa.indexing.background import Ended, build_beside
from qa.indexing.uploads import Uploads, folder_named, preview
from qa.page.build_status import ended_html, preview_html, step_html
from qa.page.filter_form import FilterForm
from qa.page.form_state import FormState
from qa.page.markup import add_texts_html, holdings_html, loaded_line
from qa.render.answer_html import error_html
from qa.workers.answer_pool import AnswerPool

NOTHING_CHOSEN = "Choose files or enter a folder first."
NOTHING_SELECTED = "Select the texts to remove first."
BUSY = "A build is already running; wait until it has finished."
Updates = dict[Any, Any]


class LoadedPanel:
    """What is loaded, and the form that adds texts; create it inside a `gr.Blocks`."""

    def __init__(self, pool: AnswerPool, form: FilterForm, *, adds_texts: bool) -> None:
        self._pool = pool
        self._form = form
        self._uploads = Uploads(Path(pool.info.index))
        self._building = threading.Lock()
        self._adds = adds_texts
        info = pool.info
        self.line = gr.Accordion(loaded_line(info), open=False, elem_id="op-loaded")
        with self.line:
            self.holdings = gr.HTML(holdings_html(info), apply_default_css=False)
            if adds_texts:
                self._build()

    def _build(self) -> None:
        with gr.Column(elem_id="op-texts", min_width=0):
            gr.HTML(add_texts_html(), apply_default_css=False)
            with gr.Row(equal_height=False):
                self.files = gr.File(
                    file_count="multiple",
                    type="filepath",
                    label="Texts to add",
                    show_label=False,
                    height=130,
                )
                with gr.Column(min_width=200):
                    self.folder = gr.Textbox(
                        label="Or a folder on this machine",
                        max_lines=1,
                        html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
                    )
                    with gr.Row():
                        self.preview = gr.Button("Preview", size="sm", min_width=0)
                        self.add = gr.Button("Add to the index", size="sm", min_width=0)
            self.status = gr.HTML("", elem_id="op-building", apply_default_css=False)
            self.added = gr.CheckboxGroup(
                list(self._uploads.names), label="Added texts", visible=bool(self._uploads.names)
            )
            with gr.Row():
                self.remove = gr.Button("Remove selected", size="sm", min_width=0)
                self.rebuild = gr.Button("Rebuild the index", size="sm", min_width=0)

    def connect(self, **settings: Any) -> None:  # noqa: ANN401 - of Gradio's events
        """Connect events to their handlers."""
        if not self._adds:
            return
        chosen: list[Component] = [self.files, self.folder]
        outputs = [self.status, self.added, *self.shown, *self._form.counted]
        self.preview.click(self._preview, chosen, [self.status], **settings)
        self.files.upload(self._preview, chosen, [self.status], **settings)
        self.add.click(self._add, chosen, [*outputs, *chosen], **settings)
        self.remove.click(self._remove, [self.added], outputs, **settings)
        self.rebuild.click(self._rebuild, None, outputs, **settings)

    @property
    def shown(self) -> list[Any]:
        """The components that `index_updates` updates."""
        return [self.line, self.holdings]

    def index_updates(self) -> Updates:
        """Return the updates that show what is loaded now."""
        info = self._pool.info
        return {
            self.line: gr.update(label=loaded_line(info)),
            self.holdings: holdings_html(info),
        }

    def _preview(self, files: Sequence[str] | None, folder: str) -> Updates:
        try:
            return {self.status: preview_html(preview(self._paths(files, folder)))}
        except InputError as error:
            return {self.status: error_html(str(error))}

    def _add(self, files: Sequence[str] | None, folder: str) -> Iterator[Updates]:
        try:
            paths = self._paths(files, folder)
            kept = self._uploads.keep([path for path in paths if path.is_file()])
        except InputError as error:
            yield {self.status: error_html(str(error))}
            return
        folders = [path for path in paths if path.is_dir()]
        files_kept = [self._uploads.folder / name for name in kept]
        yield from self._build_index([*files_kept, *folders], ())
        yield {self.files: None, self.folder: ""}

    def _remove(self, selected: Sequence[str] | None) -> Iterator[Updates]:
        if not selected:
            yield {self.status: error_html(NOTHING_SELECTED)}
            return
        yield from self._build_index([], selected)

    def _rebuild(self) -> Iterator[Updates]:
        names = self._uploads.names
        yield from self._build_index([self._uploads.folder / name for name in names], ())

    def _paths(self, files: Sequence[str] | None, folder: str) -> list[Path]:
        paths = [Path(file) for file in files or ()]
        if folder.strip():
            paths.append(folder_named(folder))
        if not paths:
            raise InputError(NOTHING_CHOSEN)
        return paths

    def _build_index(self, paths: Sequence[Path], without: Sequence[str]) -> Iterator[Updates]:
        """Build in the background; the page switches to the new index at the end."""
        if not self._building.acquire(blocking=False):
            yield {self.status: error_html(BUSY)}
            return
        try:
            for event in build_beside(
                paths, Path(self._pool.info.index), model=self._model, without=without
            ):
                if isinstance(event, Ended):
                    yield self._ended(event, without)
                else:
                    yield {self.status: step_html(event)}
        finally:
            self._building.release()

    def _ended(self, ended: Ended, without: Sequence[str]) -> Updates:
        if ended.fault:
            return {self.status: error_html(ended.fault)}
        try:
            self._uploads.drop(without)
            self._pool.renew()
        except (OperativeError, EmbeddingsError) as error:
            return {self.status: error_html(str(error))}
        names = list(self._uploads.names)
        return {
            self.status: ended_html(ended),
            self.added: gr.update(choices=names, value=[], visible=bool(names)),
            **self.index_updates(),
            **self._form.filled(FormState()),
        }

    @property
    def _model(self) -> str | None:
        name = self._pool.info.model
        return None if name == DEFAULT_NAME else name
