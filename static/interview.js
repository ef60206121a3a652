"use strict";
// The interviewer's screen: notes and answers leave one by one, in order, and stay on the device until the server has
// them; the screen is then put together again around what is being typed.
(() => {
  const PATIENCE = 20000;
  const NEXT_TRY = 4000;
  const PAUSE = 700;
  const LOST = "Hors connexion. Tout est gardé ici et partira tout seul.";
  const ENTER_AGAIN = "Ouvrez de nouveau votre compte, puis revenez ici. Tout est gardé.";
  const room = location.pathname;
  const mine = `entretien ${document.body.dataset.actor} `;
  const drafts = `brouillon ${document.body.dataset.actor} ${room} `;
  const status = document.getElementById("sending");
  const box = document.getElementById("shared");
  const cardOf = (node) => node?.closest?.(".step") || null;
  const cards = () => [...document.querySelectorAll("#questions .step")];
  const field = (form, name) => form.querySelector(`[name="${name}"]`);

  // What the device keeps, unless several people share it.
  function store(name, words) {
    if (box.checked) return;
    try { localStorage.setItem(name, words); } catch { /* No room: it stays in the page. */ }
  }
  function unstore(name) {
    try { localStorage.removeItem(name); } catch { /* Nothing was kept there. */ }
  }
  function stored(start) {
    try { return Object.entries(localStorage).filter(([name]) => name.startsWith(start)); } catch { return []; }
  }

  // What the server has not acknowledged, in the order in which it was typed.
  let queue = stored(mine).map(([, kept]) => JSON.parse(kept)).sort((one, other) => one.sequence - other.sequence);
  let sequence = Math.max(0, ...queue.map((item) => item.sequence));
  let place = Number(document.getElementById("room").dataset.place);
  for (const item of queue) if (item.room === room) place = Math.max(place, Number(item.fields.place || 0) + 1);
  function add(item) {
    item.sequence = sequence += 1;
    queue.push(item);
    store(mine + item.key, JSON.stringify(item));
    show();
    sendAll();
  }
  function drop(item) {
    queue = queue.filter((other) => other !== item);
    unstore(mine + item.key);
  }
  // A version 4 UUID, also where the page is not served over HTTPS.
  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
  const waits = (step) => queue.some((item) => item.room === room && item.step === step);
  function say(words, isLost = false) {
    status.textContent = words;
    status.classList.toggle("lost", isLost);
  }

  let inFlight = null;
  let timer = 0;
  async function sendAll() {
    if (inFlight) return;
    clearTimeout(timer);
    while ((inFlight = queue.find((item) => !item.stuck)) && await send(inFlight)) { /* The next one. */ }
    inFlight = null;
    if (queue.length) timer = setTimeout(sendAll, NEXT_TRY);
  }
  // Send the oldest; false when it is better to wait.
  async function send(item) {
    say(`envoi… (${queue.length})`);
    const sent = new URLSearchParams(item.pairs);
    sent.set("csrf_token", document.querySelector("[name=csrf_token]").value);
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const headers = { "HX-Request": "true" };
      const answer = await fetch(item.url, { method: "POST", body: sent, signal: patience.signal, headers });
      return take(item, answer, new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      return later(LOST);
    } finally {
      clearTimeout(limit);
    }
  }
  function take(item, answer, page) {
    const fresh = page.getElementById("room");
    if (answer.status >= 500 || answer.status === 429) return later(LOST);
    const kept = page.getElementById("kept");
    if (!fresh && !kept) {
      // Refused for good: the words stay here, and the others go on.
      item.stuck = answer.status === 404;
      later(answer.redirected ? ENTER_AGAIN : page.querySelector("main p")?.textContent || LOST);
      return item.stuck;
    }
    drop(item);
    say(answer.ok ? "✓ tout est gardé" : "Une réponse est à revoir.", !answer.ok);
    if (item.room !== room) return true;
    if (fresh) merge(fresh, answer.ok ? "" : item.step);
    else mergeNotes(item.step, kept);
    return true;
  }
  function later(words) {
    say(words, true);
    return false;
  }

  // Put the fresh screen in the place of the old one, but for what is under one's hands or still waits to leave.
  function merge(fresh, refused) {
    place = Math.max(place, Number(fresh.dataset.place));
    for (const part of fresh.querySelectorAll("#questions > section")) {
      const here = document.getElementById(part.id);
      if (part.id === "aside") here.replaceWith(part);
      else mergeCards(here, [...part.querySelectorAll(".step")], refused);
    }
    mergePlan(fresh.querySelector("#plan"));
    document.getElementById("stakes").replaceWith(fresh.querySelector("#stakes"));
    show();
  }
  function mergeNotes(step, kept) {
    kept.removeAttribute("id");
    document.getElementById(`q-${step}`)?.querySelector(".notes").replaceWith(kept);
    show();
  }
  function mergeCards(here, wanted, refused) {
    const names = new Set(wanted.map((one) => one.id));
    for (const old of here.querySelectorAll(".step")) if (!names.has(old.id) && !isBusy(old)) old.remove();
    let before = here.querySelector("h2");
    for (const fresh of wanted) {
      const old = document.getElementById(fresh.id);
      if (old) update(old, fresh, refused);
      else before.after(fresh);
      before = old || fresh;
    }
  }
  const isBusy = (card) => card.contains(document.activeElement) || field(card, "text").value !== "";
  function update(old, fresh, refused) {
    const isRefused = refused === old.dataset.step;
    const answer = old.querySelector(".answer");
    old.className = fresh.className;
    old.querySelector(".notes").replaceWith(fresh.querySelector(".notes"));
    if (isRefused) fixWaiting(old.dataset.step, field(fresh, "replaces")?.value);
    if (answer && (isRefused || !(answer.contains(document.activeElement) || waits(old.dataset.step)))) {
      answer.replaceWith(fresh.querySelector(".answer"));
    } else if (answer) answer.querySelector(".state").textContent = fresh.querySelector(".state").textContent;
    if (isRefused && fresh.querySelector(".composer [role=alert]")) giveBack(old, fresh.querySelector(".composer"));
  }
  // A later answer to a question whose answer was refused replaces what the server has, not what it never took.
  function fixWaiting(step, replaces) {
    for (const item of queue) {
      if (item.step === step && item.kind === "answer") item.pairs = item.pairs.map(([name, value]) => [name, name === "replaces" ? replaces : value]);
    }
  }
  function giveBack(card, composer) {
    const typed = field(card, "text").value;
    card.querySelector(".composer").replaceWith(composer);
    if (typed) field(composer, "text").value += `\n\n${typed}`;
  }
  function mergePlan(fresh) {
    const old = document.getElementById("plan");
    const opened = [...old.querySelectorAll("details")].map((one) => one.open);
    [...fresh.querySelectorAll("details")].forEach((one, n) => { one.open = opened[n]; });
    const top = old.scrollTop;
    old.replaceWith(fresh);
    fresh.scrollTop = top;
  }
  // The notes that wait to leave stand among the others.
  function show() {
    for (const line of document.querySelectorAll(".notes .waiting")) line.remove();
    for (const item of queue) {
      const notes = item.room === room && item.kind === "note" && document.getElementById(`q-${item.step}`)?.querySelector(".notes");
      if (!notes) continue;
      const line = document.createElement("li");
      line.className = "waiting";
      for (const [look, words] of [["", item.fields.text], ["quiet", "en attente d’envoi"]]) {
        const part = document.createElement("span");
        part.className = look;
        part.textContent = words;
        line.append(part, " ");
      }
      notes.append(line);
    }
  }

  // Notes: each paragraph leaves on its own, with its place.
  function takeNotes(composer) {
    const text = field(composer, "text");
    const step = field(composer, "step").value;
    const reworded = field(composer, "reworded").checked ? "1" : "";
    const url = new URL(composer.action).pathname;
    for (const words of text.value.split(/\n\s*\n/).filter((part) => part.trim())) {
      const fields = { key: newKey(), step, place: String(place), text: words.trim(), reworded };
      place += 1;
      add({ kind: "note", room, url, step, key: fields.key, fields, pairs: Object.entries(fields) });
    }
    text.value = "";
    composer.querySelector("[role=alert]")?.remove();
    unstore(drafts + step);
  }

  // Answers: the last one typed is the one that leaves; it replaces the one that it was typed over.
  const pauses = new Map();
  function save(form, state = "") {
    clearTimeout(pauses.get(form));
    pauses.delete(form);
    const step = field(form, "step").value;
    let replaces = field(form, "replaces").value;
    const before = queue.find((item) => item.kind === "answer" && item.step === step && item.room === room && item !== inFlight);
    if (before) {
      replaces = before.fields.replaces;
      drop(before);
    }
    const key = field(form, "key").value;
    const pairs = [...new FormData(form)].filter(([name]) => !["csrf_token", "replaces"].includes(name));
    pairs.push(["replaces", replaces], ["state", state]);
    field(form, "replaces").value = key;
    field(form, "key").value = newKey();
    form.querySelector(".state").textContent = "envoi…";
    add({ kind: "answer", room, url: new URL(form.action).pathname, step, key, fields: { replaces }, pairs });
  }
  const saysSomething = (form) => [...new FormData(form)].some(([name, value]) => value && /^(option$|other$|rank\.|rate\.)/.test(name));
  function saveSoon(form) {
    clearTimeout(pauses.get(form));
    form.querySelector(".state").textContent = "";
    if (saysSomething(form)) pauses.set(form, setTimeout(() => save(form), PAUSE));
  }

  // The keyboard: digits answer, Enter keeps and goes on.
  function focusCard(card) {
    if (!card) return;
    (card.dataset.kind === "open" ? field(card, "text") : card).focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }
  function move(by) {
    const all = cards();
    const here = all.indexOf(cardOf(document.activeElement));
    focusCard(all[Math.min(Math.max(here + by, 0), all.length - 1)]);
  }
  function digit(card, number) {
    const form = card.querySelector(".answer");
    if (!form) return false;
    if (card.dataset.kind === "rate") return rate(form, number);
    const input = form.querySelector(`[data-digit="${number}"] input`);
    if (!input) return false;
    if (input.type === "number") rank(form, input);
    else input.checked = input.type === "radio" || !input.checked;
    saveSoon(form);
    return true;
  }
  function rank(form, input) {
    const ranks = [...form.querySelectorAll("[type=number]")];
    const was = Number(input.value);
    if (was) {
      input.value = "";
      for (const other of ranks) if (Number(other.value) > was) other.value = String(Number(other.value) - 1);
    } else input.value = String(Math.max(0, ...ranks.map((other) => Number(other.value))) + 1);
  }
  function rate(form, number) {
    const rows = [...form.querySelectorAll("tbody tr")];
    const row = rows.find((one) => one.contains(document.activeElement)) || rows.find((one) => !one.querySelector(":checked"));
    const level = row?.querySelector(`[value="${number}"]`);
    if (!level) return false;
    level.checked = true;
    (rows[rows.indexOf(row) + 1] || row).querySelector("input").focus();
    saveSoon(form);
    return true;
  }
  function onKey(event) {
    const card = cardOf(document.activeElement);
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") return move(key === "j" ? 1 : -1) ?? true;
    if (!card) return false;
    if (/^[0-9]$/.test(key)) return digit(card, key);
    if (key === "n") return field(card, "text").focus() ?? true;
    if (key !== "enter") return false;
    const form = card.querySelector(".answer");
    if (form && pauses.has(form)) save(form);
    return move(1) ?? true;
  }
  function inTyped(event, node) {
    if (event.key === "Escape") return cardOf(node).focus() ?? true;
    if (event.key !== "Enter" || event.shiftKey || node.tagName !== "TEXTAREA") return false;
    if (node.value.trim()) takeNotes(node.form);
    else move(1);
    return true;
  }
  document.addEventListener("keydown", (event) => {
    const node = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !cardOf(node) && node !== document.body) return;
    const isTyped = node.matches("textarea, input:not([type=radio]):not([type=checkbox])");
    if (!isTyped && event.key === "Enter" && node.closest("a, button, summary")) return;
    if (isTyped ? inTyped(event, node) : onKey(event)) event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!cardOf(form)) return;
    event.preventDefault();
    if (form.matches(".composer")) return takeNotes(form);
    const isDone = event.submitter?.name !== "state";
    save(form, isDone ? "" : event.submitter.value);
    if (isDone) move(1);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest(".answer");
    if (form) saveSoon(form);
  });
  document.addEventListener("input", (event) => {
    const card = event.target.matches(".composer textarea") && cardOf(event.target);
    if (card) store(drafts + card.dataset.step, event.target.value);
  });

  // The clock of the section at hand goes on between two answers.
  setInterval(() => {
    const section = (cardOf(document.activeElement) || cards()[0]).closest("section").id.slice(2);
    const clock = document.querySelector(`.clock[data-section="${section}"]`);
    clock.dataset.minutes = Number(clock.dataset.minutes) + 1;
    clock.firstChild.textContent = `${clock.dataset.minutes} min`;
  }, 60000);

  function share() {
    try {
      localStorage.setItem("partage", box.checked ? "oui" : "non");
      if (!box.checked) return;
      for (const [name] of [...stored(mine), ...stored("brouillon ")]) localStorage.removeItem(name);
    } catch { /* The device keeps nothing. */ }
  }
  try { box.checked = localStorage.getItem("partage") === "oui"; } catch { box.checked = true; }
  box.closest("label").hidden = false;
  box.addEventListener("change", share);
  document.querySelector(".keys").hidden = false;
  document.body.classList.add("scripted");
  for (const [name, words] of stored(drafts)) {
    const text = document.getElementById(`c-${name.slice(drafts.length)}`);
    if (text && !text.value) text.value = words;
  }
  window.addEventListener("online", sendAll);
  window.addEventListener("pagehide", () => { for (const form of [...pauses.keys()]) save(form); });
  window.addEventListener("beforeunload", (event) => { if (queue.length && box.checked) event.preventDefault(); });
  show();
  sendAll();
})();
