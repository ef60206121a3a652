"use strict";
// Voting without loading the page again: the next statement comes in the place of this one.
(() => {
  const LOST = "On n’a pas reçu votre vote. Touchez-le à nouveau.";
  // A tap that comes twice must not vote on the statement that has just come under the finger.
  const SETTLED = 400;

  const isVote = (event) => event.detail.target?.id === "vote";
  function say(words) {
    const line = document.querySelector("#vote .lost");
    if (!line) return;
    line.hidden = false;
    line.textContent = words;
    line.scrollIntoView({ block: "center" });
  }
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!isVote(event)) return;
    const { xhr } = event.detail;
    if (xhr.status >= 500 || xhr.status === 429) return say(LOST);
    // Another page answers when one has to enter again.
    if (!xhr.responseText.includes('id="vote"')) {
      event.detail.shouldSwap = false;
      location.assign(xhr.responseURL);
    } else {
      event.detail.shouldSwap = true;
    }
  });
  for (const lost of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(lost, () => say(LOST));
  document.addEventListener("htmx:afterSettle", () => {
    const vote = document.getElementById("vote");
    if (!vote) return;
    window.addSpeakButtons?.();
    window.speechSynthesis?.cancel();
    window.scrollTo(0, 0);
    vote.classList.add("settling");
    setTimeout(() => vote.classList.remove("settling"), SETTLED);
  });
})();
