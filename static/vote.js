"use strict";
// Voting without loading the page again: the next statement comes in the place of this one.
(() => {
  const LOST = "On n’a pas reçu votre vote. Touchez-le à nouveau.";
  // A tap that comes twice must not vote on the statement that has just come under the finger.
  const SETTLED = 400;

  const isVote = (event) => event.detail.target?.id === "vote";
  const rest = (on) => document.getElementById("vote")?.classList.toggle("settling", on);
  function say(words) {
    rest(false);
    const line = document.querySelector("#vote .lost");
    if (!line) return;
    line.hidden = false;
    line.textContent = words;
    line.scrollIntoView({ block: "center" });
  }
  // What comes takes the class of what goes: it rests from the first moment.
  document.addEventListener("htmx:beforeRequest", (event) => { if (isVote(event)) rest(true); });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!isVote(event)) return;
    const { xhr } = event.detail;
    if (xhr.status >= 500 || xhr.status === 429) return say(LOST);
    event.detail.shouldSwap = xhr.responseText.includes('id="vote"');
    // Another page answers when one has to enter again.
    if (!event.detail.shouldSwap) location.assign(xhr.responseURL);
  });
  for (const lost of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(lost, () => say(LOST));
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!document.getElementById("vote") || !isVote(event)) return;
    window.speechSynthesis?.cancel();
    window.addSpeakButtons?.();
    window.scrollTo(0, 0);
    rest(true);
    setTimeout(() => rest(false), SETTLED);
  });
})();
