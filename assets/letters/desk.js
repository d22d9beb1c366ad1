// The verification desk with scripts: keys, image beside text, autosave, and the next letter ready before it is asked for.
// Without scripts the same page is a plain form.

import { Letter } from "./letter.js";
import { fetchAhead } from "./ahead.js";

/** The letter on the page. */
let letter = null;
/** The next letter, being fetched: `{ path, ready }`. */
let ahead = null;

function show(root) {
  letter = new Letter(root, { confirmed: goOn });
  ahead = null;
  letter.open();
  const next = root.dataset.next;
  if (next && next !== root.dataset.path) {
    // After the page itself: the letter at hand comes first.
    whenIdle(() => { ahead = { path: next, ready: fetchAhead(next) }; });
  }
}

function whenIdle(work) {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 1500 });
  else setTimeout(work, 300);
}

/** Goes on to the letter at `done.next`, at once when it was fetched ahead. */
async function goOn(done) {
  const fetched = ahead !== null && ahead.path === done.next ? await ahead.ready : null;
  if (fetched === null) {
    location.assign(done.location);
    return;
  }
  letter.close();
  const main = document.getElementById("content");
  main.replaceChildren(document.adoptNode(fetched.root));
  document.title = fetched.title;
  history.pushState(null, "", done.location);
  scrollTo(0, 0);
  show(fetched.root);
  letter.offerUndo(done);
}

document.addEventListener("keydown", (event) => {
  if (letter !== null) letter.key(event);
});
// Enter in a field is taken when it goes down. One that went down on the page before, to open this letter, would send the form.
document.addEventListener("keypress", (event) => {
  if (letter !== null && event.key === "Enter" && !event.altKey && event.target instanceof HTMLInputElement) event.preventDefault();
});
addEventListener("popstate", () => location.reload());
// What was typed in the last second is not lost when the page is left.
addEventListener("pagehide", () => letter?.saveNow());

const root = document.getElementById("check");
if (root !== null) show(root);
