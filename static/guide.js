"use strict";
// What a question does better with scripts: rank on the page at once, and hold an answer until the server has it.
// Nothing is ever kept on the device.
(() => {
  const PATIENCE = 20000;
  const NEXT_TRY = 20000;
  const REST = 800;
  const LOST = "On n’a pas reçu votre réponse. Elle est gardée ici.";
  const ENTER_AGAIN = "Entrez de nouveau avec votre carte, dans une autre page. Votre réponse est gardée ici.";
  let form = null;
  // What was chosen and is not acknowledged: the last button, and before it what is kept as one taps.
  let last = null;
  let draft = null;
  let dirty = false;
  let busy = false;
  let retry = 0;
  let rest = 0;
  let shown = location.pathname + location.search;

  const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  function fields(name, value) {
    const sent = new URLSearchParams(new FormData(form));
    if (name) sent.set(name, value);
    return sent;
  }
  function say(words, again) {
    const state = form?.querySelector(".state");
    if (!state) return;
    state.hidden = !words;
    state.textContent = words;
    if (!again) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button other";
    button.textContent = "Réessayer";
    button.addEventListener("click", deliver);
    state.append(" ", button);
  }

  async function post(body) {
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const answer = await fetch(form.action, { method: "POST", body, signal: patience.signal });
      if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
      return { answer, words: await answer.text() };
    } finally {
      clearTimeout(limit);
    }
  }
  // One after the other: what was kept meanwhile is the answer that the next one replaces.
  async function deliver() {
    if (busy || !(draft || last)) return;
    busy = true;
    clearTimeout(retry);
    try {
      if (draft) await deliverDraft();
      if (last) await deliverLast();
    } catch {
      keep(LOST);
    }
    busy = false;
    if (dirty && !last) settle();
  }
  async function deliverDraft() {
    const { answer } = await post(draft.body);
    if (answer.status === 204) {
      form.elements.was.value = draft.key;
      form.elements.key.value = key();
      say("");
    }
    draft = null;
  }
  async function deliverLast() {
    say("envoi…");
    const { answer, words } = await post(fields(last.name, last.value));
    const page = new DOMParser().parseFromString(words, "text/html");
    if (page.querySelector("[href*='guide.css']")) {
      last = null;
      show(page, answer);
    } else {
      keep(answer.redirected ? ENTER_AGAIN : page.querySelector("main p")?.textContent || LOST);
    }
  }
  function keep(words) {
    say(words, true);
    retry = setTimeout(deliver, NEXT_TRY);
  }
  // Put the answered page in the place of this one; a redirection is another place in the history.
  function show(page, answer) {
    window.speechSynthesis?.cancel();
    for (const part of [".top", "main"]) document.querySelector(part).replaceWith(page.querySelector(part));
    document.title = page.title;
    const place = new URL(answer.url);
    const moves = answer.redirected && place.pathname + place.search !== shown;
    if (answer.redirected) shown = place.pathname + place.search;
    history[moves ? "pushState" : "replaceState"](null, "", shown);
    start();
    const first = document.querySelector("main [role=alert]") || document.querySelector(moves ? "h1" : "#options");
    if (!first) return;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: "center" });
  }

  // Ranking and choosing several, on the page.
  const items = () => [...document.querySelectorAll("#options > li")];
  const before = () => form.querySelectorAll(":scope > [name=pick]").length;
  function tap(item) {
    const on = item.classList.contains("on");
    const most = Number(form.dataset.most || 0);
    const words = item.querySelector(".say").textContent;
    if (!on && most && before() + items().filter((one) => one.classList.contains("on")).length >= most) {
      return tell(`Choisissez ${most} réponses au plus.`);
    }
    item.classList.toggle("on");
    if (form.dataset.kind === "rank") place(item, on);
    draw();
    tell(on ? `Retiré : ${words}.` : form.dataset.kind === "rank" ? `${words}, rang ${rank(item)}.` : `Choisi : ${words}.`);
  }
  // What is ranked comes first, in order; what is taken out goes back to where it was drawn.
  function place(item, wasOn) {
    const rest = items().filter((one) => one !== item);
    const next = wasOn
      ? rest.find((one) => !one.classList.contains("on") && Number(one.dataset.drawn) > Number(item.dataset.drawn))
      : rest.find((one) => !one.classList.contains("on"));
    item.parentElement.insertBefore(item, next || null);
  }
  function move(item, up) {
    const other = up ? item.previousElementSibling : item.nextElementSibling;
    if (!other?.classList.contains("on")) return;
    item.parentElement.insertBefore(item, up ? other : other.nextElementSibling);
    draw();
    tell(`${item.querySelector(".say").textContent} passe au rang ${rank(item)}.`);
  }
  const rank = (item) => before() + items().indexOf(item) + 1;
  function draw() {
    for (const item of items()) {
      const on = item.classList.contains("on");
      const words = item.querySelector(".say").textContent;
      item.querySelectorAll("[name=pick], .move").forEach((part) => part.remove());
      item.querySelector(".choice").setAttribute("aria-pressed", on);
      item.querySelector(".no").textContent = !on ? "" : form.dataset.kind === "rank" ? rank(item) : "✓";
      if (!on) continue;
      const pick = Object.assign(document.createElement("input"), { type: "hidden", name: "pick", value: item.dataset.code });
      item.prepend(pick);
      if (form.dataset.kind !== "rank") continue;
      const isLast = !item.nextElementSibling?.classList.contains("on");
      item.append(arrow("up", "Monter", "↑", item, words, rank(item) === 1), arrow("down", "Descendre", "↓", item, words, isLast));
    }
  }
  function arrow(way, verb, sign, item, words, hidden) {
    const button = Object.assign(document.createElement("button"), { className: "move", name: "do", textContent: sign, hidden });
    button.value = `${way}:${item.dataset.code}`;
    button.setAttribute("aria-label", `${verb} : ${words}`);
    return button;
  }
  function tell(words) {
    document.getElementById("news").textContent = words;
  }
  // What is ranked is sent as one goes, so that nothing is lost when the page closes.
  function settle() {
    clearTimeout(rest);
    rest = setTimeout(save, REST);
  }
  function save() {
    clearTimeout(rest);
    if (!dirty || draft || last || !form) return;
    dirty = false;
    draft = { key: form.elements.key.value, body: fields("do", "save") };
    deliver();
  }

  function onSubmit(event) {
    if (event.target !== form) return;
    event.preventDefault();
    const button = event.submitter;
    const [what, code] = (button?.value || "send").split(/:(.*)/);
    const item = items().find((one) => one.dataset.code === code);
    if (["tap", "up", "down"].includes(what) && item) {
      if (last) return;
      what === "tap" ? tap(item) : move(item, what === "up");
      const again = [...item.querySelectorAll("button")].find((one) => one.value === button.value && !one.hidden);
      (again || item.querySelector(".choice")).focus();
      dirty = true;
      settle();
      return;
    }
    clearTimeout(rest);
    if (!last) last = { name: "do", value: button?.value || "send" };
    dirty = false;
    deliver();
  }
  function start() {
    form = document.getElementById("step");
    dirty = false;
    draft = null;
    window.addSpeakButtons?.();
    const print = document.getElementById("print");
    if (print) {
      print.hidden = false;
      print.addEventListener("click", () => window.print());
    }
  }

  document.addEventListener("submit", onSubmit);
  window.addEventListener("online", deliver);
  window.addEventListener("pagehide", save);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  // A page that was left is asked again: the phone may be in other hands.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  window.addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) location.reload();
  });
  start();
})();
