"use strict";
// Single keys can be turned off, and stay so on this device; where the switch does not show they are off.
(() => {
  const box = document.getElementById("keys");
  if (!box) return;
  const isField = (node) => node.closest("textarea, select, input:not([type=checkbox])") !== null;
  function set(on) {
    document.body.classList.toggle("no-keys", !on);
    try { localStorage.setItem("raccourcis", on ? "oui" : "non"); } catch { /* The device keeps nothing. */ }
  }
  try { box.checked = localStorage.getItem("raccourcis") !== "non"; } catch { /* They stay on. */ }
  box.closest("label").hidden = false;
  document.body.classList.toggle("no-keys", !box.checked);
  box.addEventListener("change", () => set(box.checked));
  // Whether a key pressed here is a gesture of the page.
  window.isGesture = (event) => {
    const held = event.ctrlKey || event.altKey || event.metaKey || event.repeat;
    return box.checked && box.offsetParent !== null && !held && !isField(event.target);
  };
})();
