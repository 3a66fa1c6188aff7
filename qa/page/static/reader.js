// Runs once, with `element` (the open document) and `watch` from Gradio's gr.HTML.
// A document opens at its marked paragraph; Escape and the button close it.

let opener = null;

const close = () => {
  const page = element.querySelector(".op-doc");
  if (!page) return;
  page.remove();
  if (opener?.isConnected) opener.focus();
};

watch("value", () => {
  const page = element.querySelector(".op-doc");
  if (!page) return;
  opener = document.activeElement;
  page.querySelector("#op-here")?.scrollIntoView({ block: "center" });
  page.querySelector(".op-doc-text").focus({ preventScroll: true });
});

element.addEventListener("click", (event) => {
  if (event.target.closest(".op-close")) close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
