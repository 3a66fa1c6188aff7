// Runs once, with `element` (a file that the server made) and `watch` from Gradio's gr.HTML.

watch("value", () => {
  const parcel = element.querySelector("a[data-bytes]");
  if (!parcel) return;
  const bytes = Uint8Array.from(atob(parcel.dataset.bytes), (one) => one.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: parcel.dataset.media }));
  const link = document.createElement("a");
  link.href = address;
  link.download = parcel.dataset.name;
  document.body.append(link);
  link.click();
  link.remove();
  parcel.removeAttribute("data-bytes");
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
});
