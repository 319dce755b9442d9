/* ตรวจเอกสาร: the next pictures are fetched before they are looked at; zoom and turn. The page works without it. */
"use strict";
(() => {
  let ahead = new Map(); // address -> a picture that is fetched, or on its way
  let turns = 0;

  function begin() {
    turns = 0;
    const picture = document.getElementById("picture");
    const turn = document.getElementById("turn");
    if (turn) turn.hidden = false;
    const ready = picture && ahead.get(picture.getAttribute("src"));
    if (ready) {
      const token = document.querySelector("meta[name=csrf-token]").content;
      fetch(`${picture.getAttribute("src")}/seen`, {method: "POST", headers: {"X-CSRF-Token": token}}).catch(() => {});
      ready.alt = picture.alt;
      ready.id = picture.id;
      picture.replaceWith(ready);
    }
    const wanted = [...document.querySelectorAll("[data-ahead]")].map((one) => one.dataset.ahead);
    ahead = new Map(wanted.map((address) => {
      const kept = ahead.get(address) || new Image();
      if (!kept.hasAttribute("src")) kept.src = `${address}?ahead=1`;
      return [address, kept];
    }));
  }

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("#zoom,#turn");
    const paper = document.querySelector(".paper");
    if (!pressed || !paper || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (pressed.id === "zoom") { paper.classList.toggle("zoomed"); return; }
    paper.classList.remove("turn1", "turn2", "turn3");
    turns = (turns + 1) % 4;
    if (turns) paper.classList.add(`turn${turns}`);
  });
  document.addEventListener("portal:swapped", begin);
  begin();
})();
