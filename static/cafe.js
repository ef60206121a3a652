"use strict";
// What the page does better with scripts: read aloud, keep drafts, and hold a post until the server has it.
(() => {
  const body = document.body;
  const shared = "shared" in body.dataset;
  const composer = document.getElementById("composer");

  // Read aloud with a voice that lives on the device; without one there is no button.
  function localVoice() {
    const voices = window.speechSynthesis ? speechSynthesis.getVoices() : [];
    return voices.find((voice) => voice.localService && voice.lang.toLowerCase().startsWith("fr"));
  }
  function addSpeakButtons() {
    if (!localVoice() || document.querySelector(".speak")) return;
    for (const part of document.querySelectorAll("[data-speak]")) {
      const words = part.innerText;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "speak";
      button.textContent = "▶ Écouter";
      button.addEventListener("click", () => speak(words, button));
      part.append(button);
    }
  }
  function speak(words, button) {
    const wasSpeaking = speechSynthesis.speaking;
    speechSynthesis.cancel();
    if (wasSpeaking) return;
    const said = new SpeechSynthesisUtterance(words);
    said.voice = localVoice();
    said.lang = said.voice.lang;
    said.onend = said.onerror = () => { button.textContent = "▶ Écouter"; };
    button.textContent = "■ Arrêter";
    speechSynthesis.speak(said);
  }
  if (window.speechSynthesis) {
    speechSynthesis.addEventListener("voiceschanged", addSpeakButtons);
    addSpeakButtons();
  }

  const here = document.querySelector(".tile[aria-current]");
  if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.clientWidth / 2;
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden && event.detail.elt.classList.contains("poll")) event.preventDefault();
  });
  if (!composer) return;

  const field = composer.elements.text;
  const state = composer.querySelector(".state");
  const memory = `attente ${body.dataset.actor} ${composer.action}`;
  let waiting = null;
  let timer = 0;

  function say(words, retry) {
    state.hidden = !words;
    state.textContent = words;
    if (!retry) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button other";
    button.textContent = "Réessayer";
    button.addEventListener("click", send);
    state.append(" ", button);
  }
  function remember(post) {
    waiting = post;
    if (shared) return;
    try {
      if (post) localStorage.setItem(memory, JSON.stringify(post));
      else localStorage.removeItem(memory);
    } catch { /* No room on the device: the post stays in the page. */ }
  }
  function recall() {
    try { return shared ? null : JSON.parse(localStorage.getItem(memory)); } catch { return null; }
  }

  function showWaiting() {
    if (document.querySelector(".waiting")) return;
    const bubble = document.createElement("li");
    bubble.className = "bubble own waiting";
    const words = document.createElement("p");
    words.textContent = waiting.text;
    const meta = document.createElement("p");
    meta.className = "meta";
    meta.textContent = "en attente d’envoi";
    bubble.append(words, meta);
    document.querySelector(".posts").append(bubble);
  }

  let sending = false;
  async function send() {
    if (!waiting || sending) return;
    sending = true;
    clearTimeout(timer);
    say("envoi…");
    const sent = new URLSearchParams({ ...waiting, csrf_token: composer.elements.csrf_token.value });
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), 20000);
    try {
      const answer = await fetch(composer.action, { method: "POST", body: sent, signal: patience.signal });
      if (answer.status >= 500 || answer.status === 429) throw new Error("later");
      if (answer.redirected && !answer.url.includes("/jour/")) throw new Error("signed out");
      const page = await answer.text();
      remember(null);
      if (answer.ok) location.assign(answer.url);
      if (answer.ok && new URL(answer.url).pathname === location.pathname) location.reload();
      if (!answer.ok) replacePage(page);
    } catch {
      sending = false;
      showWaiting();
      say("On n’a pas reçu votre réponse. Elle est gardée ici.", true);
      timer = setTimeout(send, 30000);
    } finally {
      clearTimeout(limit);
    }
  }
  function replacePage(page) {
    const read = new DOMParser().parseFromString(page, "text/html");
    document.querySelector("main").replaceWith(read.querySelector("main"));
    const refusal = document.querySelector("main [role=alert]");
    if (refusal) refusal.scrollIntoView();
  }

  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    if (waiting) { send(); return; }
    const { key, text, reply_to: reply } = composer.elements;
    remember({ key: key.value, text: text.value, reply_to: reply ? reply.value : "" });
    field.value = "";
    showWaiting();
    send();
  });
  window.addEventListener("online", send);

  let draftTimer = 0;
  function keepDraft() {
    clearTimeout(draftTimer);
    draftTimer = 0;
    if (waiting) return;
    const sent = new URLSearchParams({ text: field.value, csrf_token: composer.elements.csrf_token.value });
    fetch(composer.dataset.draft, { method: "POST", body: sent, keepalive: true }).catch(() => {});
  }
  function grow() {
    field.rows = Math.min(8, Math.max(2, field.value.split("\n").length, Math.ceil(field.value.length / 24)));
  }
  field.addEventListener("input", () => {
    grow();
    clearTimeout(draftTimer);
    draftTimer = setTimeout(keepDraft, 1000);
  });
  window.addEventListener("pagehide", () => { if (draftTimer) keepDraft(); });
  grow();

  waiting = recall();
  if (waiting) { showWaiting(); send(); }
})();
