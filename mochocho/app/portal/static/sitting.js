/* A meeting's console and its screen. Every form works without it, on a page that is loaded again.

   <div id="sitting">: looked at every second. Parts of it (data-part, with an id) that differ from what the
     server gave last take their new state; where somebody types, or what was typed is not saved (data-typed), the
     part waits, and one with data-answer waits for the answer to what is pressed next. data-whole names what the page is made of: when it differs, all of it
     is put in place.
   <form data-act>: sent without leaving the page; its part looks unsaved until the server has answered.
   <button data-hold="KeyN">: the key, held for two seconds, presses it.
   <p id="clock" data-ends="…" data-paused="…">: milliseconds of the server's clock, from which ours may be off. */
"use strict";
(() => {
  const EVERY = 900, PATIENCE = 8000, HELD = 2000;
  const $ = (id) => document.getElementById(id);
  if (!$("sitting")) return;
  const served = new Map(); // id of a part -> as the server gave it
  const unsaved = new Set(); // ids of parts with something pressed that nobody knows to be saved
  let offset = Number($("sitting").dataset.clock) - Date.now();
  let quickest = Infinity; // the trip by which the offset was measured
  let mark = ""; // of what is shown
  let looking = false;

  const FIELDS = "input[type=text],textarea,select";
  const changed = (one) => one.tagName === "SELECT" ? one.selectedIndex > 0 : one.value !== one.defaultValue;
  // a field that asks is empty until somebody types; one of an item shows what is recorded
  const typedIn = (part) => "typed" in part.dataset || [...part.querySelectorAll(FIELDS)].some((one) => one === document.activeElement ||
    one.matches("[aria-invalid]") || changed(one) || (one.value && one.tagName !== "SELECT" && one.closest("details[open]:not(.item)")));

  function measure(response, sent) {
    const at = Number(response.headers.get("X-Clock")), trip = Date.now() - sent;
    if (!at || response.redirected || trip > Math.max(2 * quickest, 200)) return;
    quickest = trip;
    offset = at - (sent + trip / 2);
  }

  async function ask(url, options) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    const sent = Date.now();
    try {
      const response = await fetch(url, {...options, credentials: "same-origin", signal: abort.signal});
      if (response.status >= 500) throw new Error(response.statusText);
      measure(response, sent);
      const text = await response.text();
      reached();
      return {response, page: response.status === 304 ? null : new DOMParser().parseFromString(text, "text/html")};
    } catch (error) {
      lost();
      throw error;
    } finally { clearTimeout(timer); }
  }

  function lost() {
    if (!$("offline").hidden) return;
    $("since").textContent = new Date(Date.now() + offset).toLocaleTimeString("en-GB", {hour: "2-digit", minute: "2-digit"}).replace(":", ".");
    $("offline").hidden = false;
  }

  function reached() {
    if ($("offline").hidden) return;
    $("offline").hidden = true;
    window.portal.tell(unsaved.size ? "ติดต่อระบบได้แล้ว สิ่งที่ยังไม่บันทึกให้กดอีกครั้ง" : "ติดต่อระบบได้แล้ว");
  }

  function put(old, fresh) {
    const focused = old.contains(document.activeElement) && document.activeElement.id;
    const placed = document.importNode(fresh, true);
    old.replaceWith(placed);
    const next = placed.querySelector("[data-focus]") || (focused && $(focused));
    if (next) next.focus({preventScroll: !next.matches("[data-focus]")});
  }

  function remember(page) {
    served.clear();
    for (const part of page.querySelectorAll("[data-part]")) served.set(part.id, part.outerHTML);
  }

  /* Put in place what differs; `own`: the id of the part from which it was asked for. Whether all of it was. */
  function merge(page, own) {
    const fresh = page.getElementById("sitting"), old = $("sitting");
    for (const name of ["events", "decisions"]) if (+fresh.dataset[name] < +old.dataset[name]) return true;
    if (fresh.dataset.whole !== old.dataset.whole) {
      const kept = [...old.querySelectorAll("[data-part]")].some((part) => part.id !== own && typedIn(part));
      if (kept && own !== "behind") { $("behind").hidden = false; return false; }
      put(old, fresh);
      unsaved.clear();
      if ($("behind")) $("behind").hidden = true;
      remember(page);
      return true;
    }
    Object.assign(old.dataset, {events: fresh.dataset.events, decisions: fresh.dataset.decisions});
    let all = true;
    for (const part of fresh.querySelectorAll("[data-part]")) {
      const now = $(part.id);
      if (served.get(part.id) === part.outerHTML || (!own && "answer" in part.dataset)) continue;
      if (part.id !== own && typedIn(now)) { all = false; continue; }
      put(now, part);
      served.set(part.id, part.outerHTML);
      unsaved.delete(part.id);
    }
    return all;
  }

  function show() {
    for (const part of document.querySelectorAll("[data-part]")) {
      const is = unsaved.has(part.id), told = part.querySelector(".unsaved-told");
      part.classList.toggle("unsaved", is);
      if (told) told.hidden = !is;
    }
  }

  function place(page, own) {
    const trouble = page.querySelector("[data-problem]");
    if (trouble) window.portal.say(...[...trouble.querySelectorAll("h1,p")].map((one) => one.textContent).slice(0, 2));
    if (trouble || !page.getElementById("sitting")) return false;
    const said = page.getElementById("live").textContent;
    if (said) window.portal.tell(said);
    return merge(page, own);
  }

  async function press(form, by) {
    const part = form.closest("[data-part]");
    if (part.getAttribute("aria-busy")) return; // what was pressed is answered first
    const body = new URLSearchParams(new FormData(form));
    if (by && by.name) body.append(by.name, by.value);
    part.setAttribute("aria-busy", "true");
    unsaved.add(part.id);
    try {
      const {response, page} = await ask(form.action, {method: "POST", body, headers: {"X-Fragment": "sitting"}});
      if (response.ok || response.status === 409 || response.status === 422) unsaved.delete(part.id);
      place(page, part.id);
      mark = ""; // looked at again soon, whatever came between
    } catch (error) { /* it looks unsaved */ }
    part.removeAttribute("aria-busy");
    show();
  }

  async function look() {
    if (looking || document.hidden) return;
    looking = true;
    try {
      const {response, page} = await ask(location.href, {headers: {"X-Fragment": "sitting", "If-None-Match": mark}});
      if (response.status >= 400) clearInterval(again); // signed out, or called off: told once
      if (page) {
        mark = place(page, "") ? response.headers.get("ETag") || "" : "";
        show();
      }
    } catch (error) { /* the banner tells */ }
    looking = false;
  }

  function tick() {
    const clock = $("clock");
    if (!clock) return;
    const {ends, paused} = clock.dataset;
    const left = ends - (paused || Date.now() + offset);
    const seconds = left < 0 ? Math.floor(-left / 1000) : Math.ceil(left / 1000);
    const two = (number) => String(number).padStart(2, "0");
    const text = `${left < 0 && seconds ? "-" : ""}${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
    if (clock.textContent !== text) clock.textContent = text;
    clock.classList.toggle("over", left < 0);
  }

  let held = 0;
  function release() {
    clearTimeout(held);
    for (const one of document.querySelectorAll(".holding")) one.classList.remove("holding");
  }
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (document.body.dataset.key === "off" || event.target.closest(FIELDS)) return;
    const button = document.querySelector(`[data-hold="${CSS.escape(event.code)}"]`);
    if (!button || button.disabled) return;
    button.classList.add("holding");
    held = setTimeout(() => { release(); button.form.requestSubmit(button); }, HELD);
  });
  document.addEventListener("keyup", release);
  window.addEventListener("blur", release);
  document.addEventListener("submit", (event) => {
    if (!("act" in event.target.dataset) || event.defaultPrevented) return;
    event.preventDefault();
    press(event.target, event.submitter);
  });
  document.addEventListener("click", async (event) => {
    if (!event.target.closest("#catch-up")) return;
    const {page} = await ask(location.href, {headers: {"X-Fragment": "sitting"}});
    place(page, "behind");
  });
  document.addEventListener("visibilitychange", look);
  remember(document);
  tick();
  setInterval(tick, 100);
  const again = setInterval(look, EVERY);
  look();
})();
