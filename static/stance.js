"use strict";
// One key says how a proposition is held: its button is pressed for the message that one is at.
(() => {
  const KEYS = { i: "incontournable", s: "souhaitable", d: "dilemme", c: "contre" };
  const inQueue = document.getElementById("queue") !== null;

  // In the queue the message that is focused; elsewhere the only one of the page.
  function formsHere() {
    const here = document.activeElement?.closest(".item:not([hidden])") || (inQueue ? null : document);
    return here ? [...here.querySelectorAll(".stances form")] : [];
  }
  // The proposition that is focused, else the first one without a stance, else the only one.
  function target(forms) {
    const focused = document.activeElement?.closest(".stances form");
    return focused || forms.find((form) => "unset" in form.dataset) || (forms.length === 1 ? forms[0] : null);
  }
  function say(words) {
    const line = document.createElement("p");
    line.textContent = words;
    document.getElementById("said").replaceChildren(line);
  }
  function press(stance) {
    const forms = formsHere();
    if (!forms.length) return say("Ce message n’a pas de proposition.");
    const form = target(forms);
    if (!form) return say("Chaque proposition a sa position. Allez sur celle à changer, puis touchez la lettre.");
    const button = form.querySelector(`[data-stance=${stance}]`);
    if (button.getAttribute("aria-pressed") !== "true") button.click();
  }
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!window.isGesture?.(event)) return;
    if (key in KEYS) {
      event.preventDefault();
      press(KEYS[key]);
    } else if (key === "u" && !inQueue) {
      document.querySelector("#said form")?.submit();
    }
  });
  for (const lost of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(lost, (event) => {
      if (event.detail.elt.closest?.(".stances")) say("On n’a pas reçu cette position. Réessayez.");
    });
  }
})();
