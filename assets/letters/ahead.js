// A letter is fetched while the one before it is still being read: its page, and the images of its pages, which no browser keeps
// (`Cache-Control: no-store`), so they are held by the page itself.

/** The most images that are held; a letter with more loads the others when it is shown. */
const IMAGES = 6;

/** The letter at `path`: `{ root, title }`, or null when it cannot be had. */
export async function fetchAhead(path) {
  try {
    const answer = await fetch(path, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const root = page.getElementById("check");
    if (root === null) return null;
    await Promise.all([...root.querySelectorAll("image[href]")].slice(0, IMAGES).map(hold));
    return { root, title: page.title };
  } catch {
    return null; // Then it is loaded when it is asked for.
  }
}

async function hold(image) {
  const answer = await fetch(image.getAttribute("href"), { credentials: "same-origin" });
  if (!answer.ok) return;
  const address = URL.createObjectURL(await answer.blob());
  image.setAttribute("href", address);
  image.dataset.held = address;
}

/** Lets go of the images that were held for this letter. */
export function letGo(root) {
  for (const image of root.querySelectorAll("image[data-held]")) URL.revokeObjectURL(image.dataset.held);
}
