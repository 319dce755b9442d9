/* Puts fragments of pages in place, and lets keys press buttons. Every page works without it.

   <a data-swap="list" href=…> and <form data-swap="list" …>: the answer's element with that id takes the place of
     ours. data-push: the address changes too. Forms also change it when they are answered by a redirection.
   data-focus inside the new element is focused; else the element itself. #live of the answer is read out.
   <button data-key="KeyA">: the key (event.code, so that a Thai layout works) presses it. data-key="off" on the body
     switches keys off.
   <a data-leave-after="60">: the page is left for the link after so many seconds.
   <section id="work" data-poll data-told="…">: looked at every other second; when what is told differs, all of main
     takes its new state, and that is read out.
   Events on document: "portal:swapped" {target}, "portal:failed" {reason}. window.portal.swap(url, id, options).  */
"use strict";
(() => {
  const busy = new Map(); // id of an element -> what its answer is waited for with
  const $ = (id) => document.getElementById(id);
  const tell = (text) => { const live = $("live"); if (live) live.textContent = text; };

  function problem(nodes, reason) {
    const place = $("problem");
    place.replaceChildren(...nodes);
    place.focus();
    document.dispatchEvent(new CustomEvent("portal:failed", {detail: {reason}}));
  }

  function say(title, text, reason) {
    const head = document.createElement("h2");
    const body = document.createElement("p");
    head.textContent = title;
    body.textContent = text;
    problem([head, body], reason);
  }

  function place(target, answer, response, options) {
    const fresh = answer.getElementById(target);
    const old = $(target);
    const trouble = answer.querySelector("[data-problem]");
    if (trouble && target !== "main") return problem([document.importNode(trouble, true)], response.status);
    if (!fresh || !old) { location.assign(response.url); return undefined; }
    $("problem").replaceChildren();
    const focused = old.contains(document.activeElement);
    const put = document.importNode(fresh, true);
    old.replaceWith(put);
    if (options.push || response.redirected) history.pushState({target}, "", response.url);
    const title = answer.querySelector("title");
    if (title) document.title = title.textContent;
    const live = answer.getElementById("live");
    tell(live ? live.textContent : "");
    const next = put.querySelector("[data-focus]") || (focused || options.focus ? put : null);
    if (next) {
      if (!next.matches("a[href],button,input,select,textarea,[tabindex]")) next.tabIndex = -1;
      next.focus({preventScroll: next === put});
    }
    document.dispatchEvent(new CustomEvent("portal:swapped", {detail: {target, status: response.status}}));
    return undefined;
  }

  async function swap(url, target, options = {}) {
    const unsafe = options.method && options.method !== "GET";
    const waiting = busy.get(target);
    if (waiting && (waiting.unsafe || unsafe)) return; // what was sent is answered first
    if (waiting) waiting.abort.abort();
    const own = {unsafe, abort: new AbortController()};
    busy.set(target, own);
    const element = $(target);
    if (element) element.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(url, {
        method: options.method || "GET",
        body: options.body,
        headers: {"X-Fragment": target},
        credentials: "same-origin",
        signal: own.abort.signal,
      });
      const answer = new DOMParser().parseFromString(await response.text(), "text/html");
      if (busy.get(target) === own) place(target, answer, response, options);
    } catch (error) {
      if (error.name === "AbortError") return;
      say("ติดต่อระบบไม่ได้", unsafe
        ? "สิ่งที่เพิ่งกดยังไม่ยืนยันว่าบันทึกแล้ว ให้ตรวจเครือข่ายแล้วกดอีกครั้ง"
        : "ให้ตรวจเครือข่ายแล้วลองอีกครั้ง", "network");
    } finally {
      if (busy.get(target) === own) {
        busy.delete(target);
        const now = $(target);
        if (now) now.removeAttribute("aria-busy");
      }
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    swap(link.href, link.dataset.swap, {push: "push" in link.dataset});
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.swap || event.defaultPrevented) return;
    event.preventDefault();
    const sent = event.submitter;
    const data = new FormData(form);
    if (sent && sent.name) data.append(sent.name, sent.value);
    const action = (sent && sent.getAttribute("formaction")) || form.getAttribute("action") || location.href;
    const url = new URL(action, location.href);
    if (form.method !== "post") {
      for (const [name, value] of data) url.searchParams.append(name, value);
      swap(url, form.dataset.swap, {push: "push" in form.dataset});
      return;
    }
    const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
    swap(url, form.dataset.swap, {method: "POST", body, push: "push" in form.dataset, focus: true});
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (document.body.dataset.key === "off") return;
    if (event.target.closest("input:not([type=radio]):not([type=checkbox]),select,textarea,[contenteditable]")) return;
    const pressed = [...document.querySelectorAll(`[data-key="${CSS.escape(event.code)}"]`)]
      .find((one) => !one.disabled && one.getClientRects().length);
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  });

  for (const form of document.querySelectorAll("form[data-at-once]")) form.requestSubmit();
  for (const link of document.querySelectorAll("a[data-leave-after]")) {
    setTimeout(() => location.replace(link.href), 1000 * link.dataset.leaveAfter);
  }
  let seen = ""; // the ETag of what is looked at again and again
  async function poll() {
    const old = document.querySelector("[data-poll]");
    if (!old || document.hidden || busy.size) return;
    try {
      const response = await fetch(location.href, {
        headers: {"X-Fragment": old.id, "If-None-Match": seen}, credentials: "same-origin",
      });
      if (response.status === 304 || busy.size) return;
      seen = response.headers.get("ETag") || "";
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(old.id);
      if (fresh && fresh.dataset.told === old.dataset.told) { old.replaceWith(document.importNode(fresh, true)); return; }
      await swap(location.href, "main");
      if (fresh) tell(fresh.dataset.told);
    } catch (error) { /* the network is away: the next look tells */ }
  }
  setInterval(poll, 2000);
  window.addEventListener("popstate", () => location.reload());
  window.portal = {swap, tell, say};
})();
