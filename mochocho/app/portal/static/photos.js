/* Pictures of evidence beside what they prove: looked at in a window of the page, with zoom and turn.

   <a data-look="what it is" href=picture>: opens it; those of one element with data-looks follow each other.
   Without a script, and for what cannot be shown, the link is followed. */
"use strict";
(() => {
  const KEYS = {KeyT: "turn", Equal: "zoom", ArrowLeft: "before", ArrowRight: "after"};
  let box = null;
  let every = [];
  let at = 0;
  let turns = 0;

  function button(name, label, key) {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "btn s";
    one.dataset.does = name;
    one.textContent = label;
    if (key) {
      const shown = document.createElement("kbd");
      shown.textContent = key;
      one.append(" ", shown);
    }
    return one;
  }

  function build() {
    box = document.createElement("dialog");
    box.className = "look";
    box.setAttribute("aria-labelledby", "look-title");
    const title = document.createElement("h2");
    title.id = "look-title";
    title.setAttribute("aria-live", "polite");
    const tools = document.createElement("p");
    tools.className = "tools";
    tools.append(button("before", "ก่อนหน้า", "←"), button("after", "ถัดไป", "→"),
      button("zoom", "ขยาย", "="), button("turn", "หมุน", "T"), button("close", "ปิด", "Esc"));
    const paper = document.createElement("div");
    paper.className = "paper";
    paper.tabIndex = 0;
    paper.setAttribute("role", "group");
    paper.setAttribute("aria-label", "ภาพ เลื่อนดูได้");
    const sheet = document.createElement("div");
    sheet.className = "sheet";
    sheet.append(document.createElement("img"));
    paper.append(sheet);
    box.append(title, tools, paper);
    box.addEventListener("click", (event) => {
      const pressed = event.target.closest("[data-does]");
      if (pressed) act(pressed.dataset.does);
      else if (event.target === box) box.close();
    });
    box.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || document.body.dataset.key === "off") return;
      const does = KEYS[event.code];
      if (!does) return;
      event.preventDefault();
      event.stopPropagation();
      act(does);
    });
    document.body.append(box);
  }

  function act(does) {
    const paper = box.querySelector(".paper");
    if (does === "close") box.close();
    else if (does === "zoom") paper.classList.toggle("zoomed");
    else if (does === "turn") {
      paper.classList.remove("turn1", "turn2", "turn3");
      turns = (turns + 1) % 4;
      if (turns) paper.classList.add(`turn${turns}`);
    } else show((at + (does === "after" ? 1 : every.length - 1)) % every.length);
  }

  function show(place) {
    at = place;
    turns = 0;
    const link = every[at];
    const old = box.querySelector("img");
    const picture = document.createElement("img");
    picture.alt = link.dataset.look;
    picture.addEventListener("error", () => { box.close(); location.assign(link.href); });
    picture.src = link.href;
    box.querySelector(".paper").className = "paper";
    old.replaceWith(picture);
    box.querySelector("h2").textContent = every.length > 1
      ? `${link.dataset.look} (${at + 1} จาก ${every.length})` : link.dataset.look;
    for (const name of ["before", "after"]) box.querySelector(`[data-does=${name}]`).hidden = every.length < 2;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-look]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!window.HTMLDialogElement) return;
    event.preventDefault();
    if (!box) build();
    every = [...(link.closest("[data-looks]") || document).querySelectorAll("a[data-look]")];
    show(every.indexOf(link)); // first, so that the focus goes to a button that stays
    box.showModal();
  });
})();
