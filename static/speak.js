"use strict";
// Read aloud with a voice that lives on the device; without one there is no button.
(() => {
  function localVoice() {
    const voices = window.speechSynthesis ? speechSynthesis.getVoices() : [];
    return voices.find((voice) => voice.localService && voice.lang.toLowerCase().startsWith("fr"));
  }
  // A part that names others (data-speak="#options .say") is read with them.
  function addSpeakButtons() {
    if (!localVoice() || document.querySelector(".speak")) return;
    for (const part of document.querySelectorAll("[data-speak]")) {
      const words = part.innerText;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "speak";
      button.textContent = "▶ Écouter";
      button.addEventListener("click", () => speak([words, ...also(part)].join(".\n"), button));
      part.append(button);
    }
  }
  function also(part) {
    const others = part.dataset.speak ? document.querySelectorAll(part.dataset.speak) : [];
    return [...others].map((other) => other.innerText);
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
  window.addSpeakButtons = addSpeakButtons;
  window.speechSynthesis?.addEventListener("voiceschanged", addSpeakButtons);
  addSpeakButtons();
})();
