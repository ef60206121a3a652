"use strict";
// A button beside each address to copy; without scripts, or where copying is not allowed, the field stays alone.
(() => {
  if (!navigator.clipboard) return;
  for (const field of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button other";
    button.textContent = "Copier l’adresse";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "L’adresse est copiée.";
    });
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    field.after(button, said);
  }
})();
