"use strict";
// What the conversation does better with scripts: keep drafts, and hold a post until the server has it.
(() => {
  const PATIENCE = 20000;
  const NEXT_TRY = 30000;
  const LOST = "On n’a pas reçu votre réponse. Elle est gardée ici.";
  const ENTER_AGAIN = "Entrez de nouveau avec votre carte. Votre réponse est gardée ici.";
  const shared = "shared" in document.body.dataset;
  const mine = `attente ${document.body.dataset.actor} `;
  let composer = null;

  function makeButton(words, look, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = look;
    button.textContent = words;
    button.addEventListener("click", act);
    return button;
  }

  // Posts that the server has not acknowledged, by key; on the device too, unless several people share it.
  const waiting = new Map();
  function remember(post) {
    waiting.set(post.key, post);
    if (shared) return;
    try { localStorage.setItem(mine + post.key, JSON.stringify(post)); } catch { /* No room: it stays in the page. */ }
  }
  function forget(post) {
    waiting.delete(post.key);
    document.getElementById(`w${post.key}`)?.remove();
    try { localStorage.removeItem(mine + post.key); } catch { /* Nothing was kept there. */ }
  }
  function recall() {
    if (shared) return;
    try {
      for (const [name, kept] of Object.entries(localStorage)) {
        if (name.startsWith(mine)) waiting.set(name.slice(mine.length), JSON.parse(kept));
      }
    } catch { /* The device keeps nothing. */ }
  }
  // Another message may be written while one waits: it needs a key of its own.
  function newKey() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  const isHere = (post) => composer !== null && new URL(composer.action).pathname === post.url;
  function say(words, retry) {
    const state = composer?.querySelector(".state");
    if (!state) return;
    state.hidden = !words;
    state.textContent = words;
    if (retry) state.append(" ", makeButton("Réessayer", "button other", sendAll));
  }
  function showWaiting(words) {
    for (const post of waiting.values()) {
      if (!isHere(post)) continue;
      const bubble = document.getElementById(`w${post.key}`) || addBubble(post);
      bubble.lastChild.textContent = words;
    }
  }
  function addBubble(post) {
    const bubble = document.createElement("li");
    const text = document.createElement("p");
    const meta = document.createElement("p");
    bubble.id = `w${post.key}`;
    bubble.className = "bubble own waiting";
    text.textContent = post.text;
    meta.className = "meta";
    bubble.append(text, meta);
    document.querySelector(".posts").append(bubble);
    return bubble;
  }

  let sending = false;
  let timer = 0;
  async function sendAll() {
    if (sending || !waiting.size) return;
    sending = true;
    clearTimeout(timer);
    for (const post of waiting.values()) {
      if (!await send(post)) break;
    }
    sending = false;
    if (waiting.size) timer = setTimeout(sendAll, NEXT_TRY);
  }
  // Send one post; false when it is better to wait before the next.
  async function send(post) {
    if (isHere(post)) say("envoi…");
    const { url, ...fields } = post;
    const sent = new URLSearchParams({ ...fields, csrf_token: document.querySelector("[name=csrf_token]").value });
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const answer = await fetch(url, { method: "POST", body: sent, signal: patience.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return take(post, answer, page);
    } catch {
      return keep(post, LOST);
    } finally {
      clearTimeout(limit);
    }
  }
  function take(post, answer, page) {
    if (answer.status >= 500 || answer.status === 429) return keep(post, LOST);
    const isItsPage = new URL(answer.url).pathname === post.url;
    const here = isHere(post);
    if (answer.ok && isItsPage) {
      forget(post);
      if (here) showPage(page, answer.url);
      return true;
    }
    // A refusal that hands the words back in its composer; any other answer leaves them waiting here.
    if (here && !answer.redirected && page.getElementById("composer")) {
      forget(post);
      showPage(page, location.href);
      return true;
    }
    return keep(post, answer.redirected ? ENTER_AGAIN : page.querySelector("[role=alert]")?.textContent || LOST);
  }
  function keep(post, words) {
    showWaiting("en attente d’envoi");
    if (isHere(post)) say(words, true);
    return false;
  }
  // Put the answered page in the place of this one, with what was typed meanwhile, and show what changed.
  function showPage(page, url) {
    const typed = composer.elements.text.value;
    document.querySelector("main").replaceWith(page.querySelector("main"));
    document.title = page.title;
    history.replaceState(null, "", url);
    window.htmx?.process(document.querySelector("main"));
    start();
    if (typed && composer) {
      const field = composer.elements.text;
      field.value = [field.value, typed].filter(Boolean).join("\n");
      keepDraft();
    }
    const own = document.querySelectorAll(".own:not(.waiting)");
    const changed = document.querySelector("main [role=alert]") || own[own.length - 1];
    if (!changed) return;
    changed.tabIndex = -1;
    changed.focus({ preventScroll: true });
    changed.scrollIntoView({ block: "center" });
  }

  let draftTimer = 0;
  function keepDraft() {
    clearTimeout(draftTimer);
    draftTimer = 0;
    const sent = new URLSearchParams({ text: composer.elements.text.value, csrf_token: composer.elements.csrf_token.value });
    fetch(composer.dataset.draft, { method: "POST", body: sent, keepalive: true }).catch(() => {});
  }
  function grow(field) {
    field.rows = 2;
    while (field.rows < 6 && field.scrollHeight > field.clientHeight) field.rows += 1;
  }
  function hold(event) {
    event.preventDefault();
    clearTimeout(draftTimer);
    draftTimer = 0;
    const { key, text, reply_to: reply, follow_up: asked } = composer.elements;
    const url = new URL(composer.action).pathname;
    remember({ url, key: key.value, text: text.value, reply_to: reply?.value || "", follow_up: asked?.value || "" });
    key.value = newKey();
    text.value = "";
    showWaiting("envoi…");
    sendAll();
  }

  // What each page, come by a visit or by an answer, needs to live.
  function start() {
    const here = document.querySelector(".tile[aria-current]");
    if (here) here.parentElement.scrollLeft = here.offsetLeft - (here.parentElement.clientWidth - here.offsetWidth) / 2;
    window.addSpeakButtons?.();
    composer = document.getElementById("composer");
    if (!composer) return;
    const field = composer.elements.text;
    // What waits was the draft: it is shown once.
    if ([...waiting.values()].some((post) => isHere(post) && post.text.trim() === field.value.trim())) field.value = "";
    showWaiting("en attente d’envoi");
    composer.addEventListener("submit", hold);
    field.addEventListener("input", () => {
      grow(field);
      clearTimeout(draftTimer);
      draftTimer = setTimeout(keepDraft, 1000);
    });
    grow(field);
  }

  window.addEventListener("online", sendAll);
  window.addEventListener("pagehide", () => { if (draftTimer) keepDraft(); });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden && event.detail.elt.classList.contains("poll")) event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    const leaves = event.target.getAttribute("action") === "/quitter";
    const question = "Un message n’est pas encore parti. Si vous quittez, il sera perdu. Quitter quand même ?";
    if (leaves && waiting.size && !confirm(question)) event.preventDefault();
  });
  recall();
  start();
  sendAll();
})();
