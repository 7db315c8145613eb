"use strict";
// Prepares the page for textual.js, which makes a terminal of #terminal when all is loaded.

document.addEventListener("DOMContentLoaded", () => {
  const terminal = document.getElementById("terminal");
  // the name that the reader knows the server by, which may be that of a proxy
  terminal.dataset.sessionWebsocketUrl = location.origin.replace(/^http/, "ws") + "/ws";
  const size = Number(new URLSearchParams(location.search).get("fontsize"));
  if (size >= 6 && size <= 64) terminal.dataset.fontSize = String(size);
  // keys work, and the app says which, without a click first
  new MutationObserver((_, observer) => {
    const input = terminal.querySelector("textarea");
    if (input && document.body.classList.contains("-first-byte")) {
      input.focus();
      observer.disconnect();
    }
  }).observe(document.body, { attributes: true });
  document.getElementById("again").addEventListener("click", () => location.reload());
});

// the server says why it has closed a session
window.WebSocket = class extends WebSocket {
  constructor(...args) {
    super(...args);
    this.addEventListener("close", (event) => {
      if (event.reason) document.getElementById("reason").textContent = event.reason;
      document.getElementById("again").focus();
    });
  }
};

// a page that is opened from here must not reach back
const openWindow = window.open.bind(window);
window.open = (url, target) => openWindow(url, target, "noopener,noreferrer");
