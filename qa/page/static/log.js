// Runs once, with `element` (the log), `trigger` and `watch` from Gradio's gr.HTML.
// Buttons marked data-ask ask; buttons marked data-copy copy; a new turn comes into view.

const announce = (text) => {
  const line = document.querySelector("#op-notice [role=status]");
  if (line) line.textContent = text;
};

// Where the browser gives no clipboard (plain http from another machine), select and copy.
const copyBySelection = (text) => {
  const box = document.createElement("textarea");
  box.value = text;
  box.setAttribute("readonly", "");
  box.style.cssText = "position:fixed;top:0;left:0;opacity:0";
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
};

const copy = async (text) => {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyBySelection(text);
    }
  }
  return copyBySelection(text);
};

element.addEventListener("click", async (event) => {
  const pressed = event.target.closest("button");
  if (!pressed || !element.contains(pressed)) return;
  if (pressed.dataset.ask !== undefined) {
    trigger("click", { question: pressed.dataset.ask });
  } else if (pressed.dataset.symbol !== undefined) {
    trigger("click", { symbol: pressed.dataset.symbol, label: pressed.dataset.label });
  } else if (pressed.dataset.copy !== undefined) {
    const label = pressed.dataset.label ?? pressed.textContent;
    pressed.dataset.label = label;
    const done = await copy(pressed.dataset.copy);
    pressed.textContent = done ? "Copied" : "Select and copy by hand";
    announce(done ? "Copied to the clipboard." : "The browser does not let this page copy.");
    pressed.focus();
    setTimeout(() => { pressed.textContent = label; }, 2000);
  }
});

const show = (turn) => {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  turn.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
};

// The address follows the answers, so that it can be kept, sent, and gone back to.
const addressOf = (turn) => turn?.querySelector(".op-link")?.getAttribute("href");

const follow = (turn) => {
  const address = addressOf(turn);
  if (!address || address === window.location.search) return;
  const isLinked = window.location.search.length > 1 && !window.history.state?.operative;
  const change = isLinked ? "replaceState" : "pushState";
  window.history[change]({ operative: true }, "", address);
};

window.addEventListener("popstate", () => {
  const turns = [...element.querySelectorAll(".op-turn")];
  const turn = turns.findLast((one) => addressOf(one) === window.location.search);
  if (turn) show(turn);
  else if (window.location.search) window.location.reload();
  else window.scrollTo({ top: 0 });
});

watch("value", () => {
  const turn = [...element.querySelectorAll(".op-turn")].at(-1);
  if (!turn) {
    window.scrollTo({ top: 0 });
    if (window.location.search) window.history.pushState({}, "", window.location.pathname);
    return;
  }
  show(turn);
  follow(turn);
  // The button that was pressed may be gone: leave the keyboard at the new question.
  if (document.activeElement === document.body) {
    turn.querySelector(".op-asked").focus({ preventScroll: true });
  }
});

// Ready to type, where that raises no keyboard over the page.
if (window.matchMedia("(pointer: fine)").matches) {
  let tries = 0;
  const ready = setInterval(() => {
    const box = document.querySelector("#op-question textarea");
    if (box) box.focus({ preventScroll: true });
    if (box || ++tries > 50) clearInterval(ready);
  }, 100);
}
