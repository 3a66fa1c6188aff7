// Runs once, with `element` (the log), `trigger` and `watch` from Gradio's gr.HTML.
// The log holds the newest turn; those before it move to #op-past and stay as they were.
// The data attributes of a button name its action: ask, copy, open a document, export.
// A question is one event and what is done with answers another, as one does not wait for the other.

const past = document.querySelector("#op-past").appendChild(document.createElement("div"));
const KEPT = 200; // turns
const LANGUAGES = ["ar", "zh", "fr", "ru", "es"];

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

const cards = () => [...document.querySelectorAll(".op-turn .op-card")];
const picked = () => cards().filter((one) => one.querySelector(".op-picked:checked"));

const showPicked = () => {
  const line = document.querySelector(".op-taken");
  if (!line) return;
  line.dataset.whole ??= line.textContent;
  const count = picked().length;
  line.textContent = count
    ? `${count === 1 ? "One selected quotation" : `${count} selected quotations`}.`
    : line.dataset.whole;
};

const copyFrom = async (pressed) => {
  const label = pressed.dataset.words ?? pressed.textContent;
  pressed.dataset.words = label;
  const done = await copy(pressed.dataset.copy);
  pressed.textContent = done ? "Copied" : "Copy manually";
  announce(done ? "Copied to the clipboard." : "The browser blocked copying.");
  pressed.focus();
  setTimeout(() => { pressed.textContent = label; }, 2000);
};

// Lists are whole in the page; each press shows the next rows.
const showRows = (list, button) => {
  list.querySelector("tbody[hidden]")?.removeAttribute("hidden");
  const rows = list.querySelectorAll("tbody tr").length;
  const hidden = list.querySelectorAll("tbody[hidden] tr").length;
  list.querySelector("[role=status]").textContent = `${rows - hidden} of ${rows} rows`;
  if (!hidden) button.remove();
};

const PARTS = "#op-past, #op-log, #op-reader, #op-take";

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("button, a[data-symbol]");
  if (!pressed?.closest(PARTS)) return;
  const { ask, unread, unfilter, top, symbol, label, years, take, verdict, turn } = pressed.dataset;
  if (ask !== undefined) {
    trigger("submit", {
      question: ask, unread: unread ?? "", unfilter: unfilter ?? "", top: top ?? "",
    });
  } else if (pressed.matches(".op-more")) {
    showRows(pressed.closest(".op-list"), pressed);
    keep();
  } else if (symbol !== undefined) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the link as a link
    event.preventDefault();
    trigger("click", { symbol, label, years: years === undefined ? "" : "yes" });
  } else if (take !== undefined) {
    pressed.closest("details").open = false;
    const names = picked().map((one) => one.dataset.quote);
    trigger("click", { take, picked: [...new Set(names)].join("\n") });
  } else if (verdict !== undefined) {
    const form = pressed.closest("details");
    trigger("click", { verdict, turn, better: form.querySelector(".op-better").value });
    form.querySelector("summary").textContent = "Thank you. Feedback saved.";
    form.open = false;
    keep();
  } else if (pressed.dataset.copy !== undefined) {
    copyFrom(pressed);
  }
});

document.addEventListener("change", (event) => {
  if (!event.target.matches(".op-picked")) return;
  event.target.toggleAttribute("checked", event.target.checked); // so that a clone keeps it
  showPicked();
  keep();
});

document.addEventListener("toggle", () => keep(), true);

// Alt and an arrow go from quotation to quotation; an open document follows.
const step = (by) => {
  const all = cards();
  if (!all.length) return;
  const open = document.querySelector(".op-doc[data-quote]");
  const here = open
    ? all.findLastIndex((one) => one.dataset.quote === open.dataset.quote)
    : all.indexOf(document.activeElement.closest?.(".op-card"));
  const at = here < 0 && by < 0 ? all.length - 1 : here + by;
  const next = all[Math.min(Math.max(at, 0), all.length - 1)];
  next.focus({ preventScroll: true });
  show(next, "center");
  if (open) next.querySelector("button[data-symbol]:not([data-years])")?.click();
};

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  step(by);
});

document.addEventListener("click", (event) => {
  const by = event.target.closest("button.op-step")?.dataset.step;
  if (by) step(Number(by));
});

const show = (place, block = "start") => {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
};

// docs.un.org shows a document in any of the six languages: the reader's, if it is one of them.
const speak = (place) => {
  const language = LANGUAGES.find((one) => navigator.language.toLowerCase().startsWith(one));
  if (!language) return;
  for (const link of place.querySelectorAll('a[href^="https://docs.un.org/en/"]')) {
    link.href = link.href.replace("/en/", `/${language}/`);
  }
};
new MutationObserver((changes) => {
  for (const change of changes) speak(change.target);
}).observe(document.querySelector("#op-reader"), { childList: true, subtree: true });

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
  const turns = [...document.querySelectorAll(".op-turn")];
  const turn = turns.findLast((one) => addressOf(one) === window.location.search);
  if (turn) show(turn);
  else if (window.location.search) window.location.reload();
  else window.scrollTo({ top: 0 });
});

// The log is changed in place: a copy of its turn is kept, to be moved once the next one comes.
let newest = null;

const keep = () => {
  const turn = element.querySelector(".op-turn");
  if (turn && newest && turn.id === newest.id) newest = turn.cloneNode(true);
};

const begin = (turn) => {
  if (newest) past.append(newest);
  if (past.childElementCount > KEPT) past.firstElementChild.remove();
  for (const box of turn.querySelectorAll(".op-picked")) box.checked = false;
};

watch("value", () => {
  const turns = [...element.querySelectorAll(".op-turn")];
  const turn = turns.pop();
  for (const earlier of turns) past.append(earlier); // a conversation that is shown again
  if (!turn) {
    past.replaceChildren();
    newest = null;
    showPicked();
    window.scrollTo({ top: 0 });
    if (window.location.search) window.history.pushState({}, "", window.location.pathname);
    return;
  }
  if (turn.id !== newest?.id) begin(turn);
  speak(turn);
  newest = turn.cloneNode(true);
  show(turn);
  follow(turn);
  showPicked();
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
