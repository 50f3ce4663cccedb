// Progressive enhancement only: every page works without this file.
"use strict";

// Errors are read first: the summary takes the focus when a page arrives with one.
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

// A form with data-fragment replaces that element with the reply, and says there what changed.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const place = form.dataset.fragment && document.getElementById(form.dataset.fragment);
  if (!place) return;
  event.preventDefault();
  place.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form, event.submitter)),
      headers: { "X-Fragment": form.dataset.fragment },
    });
    place.innerHTML = await reply.text();
    const first = place.querySelector("[tabindex='-1']");
    if (first) first.focus();
  } catch {
    form.submit();
  } finally {
    place.removeAttribute("aria-busy");
  }
});

// What a link with data-fragment leads to is fetched at once into that element. Where that fails, the link stays.
for (const link of document.querySelectorAll("a[data-fragment]")) follow(link, document.getElementById(link.dataset.fragment));

async function follow(link, place) {
  place.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(link.href, { headers: { "X-Fragment": place.id } });
    if (reply.ok) place.innerHTML = await reply.text();
  } catch {
    // No answer from the server: whoever follows the link sees why.
  } finally {
    place.removeAttribute("aria-busy");
  }
}

// Printing is the browser's own; the button is shown only where it works.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
