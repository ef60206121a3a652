"use strict";
// The queue by one key or one tap: the card leaves at once, what was decided follows, one after the other.
(() => {
  const KEYS = { p: "publish", h: "hide", r: "return", m: "mask", t: "pass_on" };
  const LOST = "On n’a pas reçu cette décision. Le message est toujours là. Réessayez.";
  const said = document.getElementById("said");
  let sending = Promise.resolve();

  const cards = () => [...document.querySelectorAll("#queue .item:not([hidden])")];
  const here = () => document.activeElement?.closest("#queue .item:not([hidden])");
  function focus(card) {
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }
  function move(by) {
    const all = cards();
    const place = all.indexOf(here());
    focus(all[place < 0 ? 0 : Math.min(Math.max(place + by, 0), all.length - 1)]);
  }
  function say(words) {
    const line = document.createElement("p");
    line.textContent = words;
    said.replaceChildren(line);
  }

  // Some gestures need a word first: the card opens where it is missing.
  function missing(card, action) {
    const { why, reason } = card.querySelector(".decide").elements;
    if (action !== "hide") return "";
    if (!why.value) return "why";
    return why.value === "other" && !reason.value.trim() ? "reason" : "";
  }
  // Put in the card the fields for its reason, its explanation and whom it is passed on to.
  function open(card) {
    const link = card.querySelector(".more");
    if (!link) return;
    const { why, explanation } = card.querySelector(".decide").elements;
    const fields = document.getElementById("ask").content.cloneNode(true);
    fields.querySelector("[name=why]").value = why.value;
    fields.querySelector("[name=explanation]").value = explanation.value;
    why.remove();
    explanation.remove();
    link.replaceWith(fields);
  }
  function ask(card, name) {
    open(card);
    card.querySelector(".decide").elements[name].focus();
    say("Dites pourquoi : choisissez une raison, ou écrivez-la.");
  }
  function decide(card, action) {
    const form = card.querySelector(".decide");
    if (!form.querySelector(`[value="${action}"]`)) return say("Ce geste ne va pas à ce message.");
    const field = missing(card, action);
    if (field) return ask(card, field);
    const sent = new URLSearchParams(new FormData(form));
    sent.set("action", action);
    const all = cards();
    const place = all.indexOf(card);
    card.hidden = true;
    focus(all[place + 1] || all[place - 1]);
    sending = sending.then(() => send(card, form.getAttribute("action"), sent));
  }
  async function send(card, url, sent) {
    try {
      const answer = await fetch(url, { method: "POST", body: sent, headers: { "HX-Request": "true" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const line = page.querySelector("[data-said]");
      if (!line) throw new Error(page.querySelector("[role=alert], main p")?.textContent);
      said.replaceChildren(line);
      if (answer.ok) card.remove();
      else giveBack(card);
    } catch {
      giveBack(card);
      say(LOST);
    }
    if (!document.querySelector("#queue .item")) await load();
  }
  function giveBack(card) {
    card.hidden = false;
    if (!here()) focus(card);
  }

  // Once a page is emptied the next one comes by itself.
  async function load() {
    const next = new URL(location.href);
    for (const name of ["apres", "fait"]) next.searchParams.delete(name);
    next.hash = "";
    try {
      const answer = await fetch(next);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.getElementById("queue").replaceWith(page.getElementById("queue"));
      window.htmx?.process(document.getElementById("queue"));
      history.replaceState(null, "", next);
      focus(document.querySelector("#queue .item, #queue .card"));
    } catch {
      say("La suite n’arrive pas. Rechargez la page.");
    }
  }

  function choose(card, place) {
    open(card);
    const { why } = card.querySelector(".decide").elements;
    why.selectedIndex = place;
    show(why);
    if (why.value === "other") ask(card, "reason");
  }
  // The button says the reason that it will give.
  function show(why) {
    const chosen = why.value ? ` : ${why.options[why.selectedIndex].text}` : "";
    why.form.querySelector(".why").textContent = chosen;
  }
  // What is still leaving arrives first: the last decision is the one that is taken back.
  async function undo() {
    await sending;
    const form = said.querySelector("form");
    if (form) form.submit();
    else say("Rien à annuler.");
  }
  function onKey(key) {
    const card = here();
    if (key === "j" || key === "arrowdown") return move(1);
    if (key === "k" || key === "arrowup") return move(-1);
    if (key === "u") return undo();
    if (!card) return focus(cards()[0]);
    if (key in KEYS) return decide(card, KEYS[key]);
    if (key === "x") return card.querySelector("[name=pick]").click();
    if ("12345".includes(key)) return choose(card, Number(key));
  }
  const isOurs = (key) => key in KEYS || ["j", "k", "u", "x", "arrowdown", "arrowup", "1", "2", "3", "4", "5"].includes(key);

  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!isOurs(key) || !window.isGesture(event)) return;
    event.preventDefault();
    onKey(key);
  });
  document.addEventListener("submit", (event) => {
    const card = event.target.matches(".decide") && event.target.closest(".item");
    if (card) {
      event.preventDefault();
      decide(card, event.submitter.value);
    } else if (event.target.matches(".undo")) {
      event.preventDefault();
      undo();
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#queue .more");
    if (!link) return;
    event.preventDefault();
    const card = link.closest(".item");
    open(card);
    card.querySelector("[name=why]").focus();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches(".decide [name=why]")) show(event.target);
  });

  focus(document.getElementById(location.hash.slice(1))?.closest("#queue .item"));
})();
