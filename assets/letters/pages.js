// The images of a letter's pages: which part is shown, how large, which way up, and which box is meant.

const STEP = 1.25;
const LEAST = 0.5;
const MOST = 5;

export class Pages {
  #scroll;
  #figures;
  #zoom = 1;
  #turns = 0;
  #boxes;

  /** `choose(part, edit)` is called for the line whose box was chosen. */
  constructor(root, choose) {
    this.#scroll = root.querySelector(".check-scroll");
    this.#figures = [...root.querySelectorAll(".check-page svg")];
    this.#boxes = [...root.querySelectorAll(".check-page a.box")];
    // One stop for the tab key; the arrows go from line to line.
    this.#boxes.forEach((box, index) => {
      box.setAttribute("tabindex", index === 0 ? "0" : "-1");
      box.addEventListener("click", (event) => {
        event.preventDefault();
        choose(partOf(box), true);
      });
      box.addEventListener("pointerenter", () => choose(partOf(box), false));
      box.addEventListener("focus", () => choose(partOf(box), false));
    });
    this.#fetchLater(root);
    const tools = root.querySelector(".check-tools");
    tools.hidden = false;
    tools.addEventListener("click", (event) => this.do(event.target.closest("button")?.dataset.do));
  }

  /** The images of a long letter come when they are nearly in sight. */
  #fetchLater(root) {
    const watcher = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        const image = target.querySelector("image");
        image.setAttribute("href", image.dataset.later);
        watcher.unobserve(target);
      }
    }, { root: this.#scroll, rootMargin: "100%" });
    for (const image of root.querySelectorAll("image[data-later]")) watcher.observe(image.closest("svg"));
  }

  /** Does what a button or a key asks for; says whether it was meant for the images. */
  do(what) {
    if (what === "larger") this.#setZoom(this.#zoom * STEP);
    else if (what === "smaller") this.#setZoom(this.#zoom / STEP);
    else if (what === "fit") this.#setZoom(1);
    else if (what === "turn") this.#turn();
    else return false;
    return true;
  }

  #setZoom(zoom) {
    const before = this.#zoom;
    this.#zoom = Math.min(MOST, Math.max(LEAST, zoom));
    const pane = this.#scroll;
    const middle = (pane.scrollTop + pane.clientHeight / 2) / before;
    for (const figure of this.#figures) figure.style.width = `${this.#zoom * 100}%`;
    pane.scrollTop = middle * this.#zoom - pane.clientHeight / 2;
  }

  #turn() {
    this.#turns = (this.#turns + 1) % 4;
    for (const figure of this.#figures) {
      const width = Number(figure.dataset.width);
      const height = Number(figure.dataset.height);
      const lies = this.#turns % 2 === 1;
      figure.setAttribute("viewBox", lies ? `0 0 ${height} ${width}` : `0 0 ${width} ${height}`);
      const moved = ["", `translate(${height} 0) rotate(90)`, `translate(${width} ${height}) rotate(180)`,
        `translate(0 ${width}) rotate(270)`];
      figure.querySelector("g").setAttribute("transform", moved[this.#turns]);
    }
  }

  /** Shows where something was read, and brings it into sight. No area hides the mark. */
  point(page, area, moves) {
    for (const figure of this.#figures) {
      const spot = figure.querySelector(".spot");
      const here = area !== null && figure.closest(".check-page").id === `page-${page}`;
      const [left, top, width, height] = here ? area : [0, 0, 0, 0];
      const margin = Math.min(12, height / 6);
      for (const [name, value] of Object.entries({
        x: left - margin, y: top - margin, width: here ? width + 2 * margin : 0, height: here ? height + 2 * margin : 0,
      })) spot.setAttribute(name, value);
      if (here && moves) this.#bringIntoSight(spot);
    }
    if (area === null && moves && page !== null) {
      const figure = document.getElementById(`page-${page}`);
      if (figure !== null) this.#scroll.scrollTop = figure.offsetTop - this.#scroll.offsetTop;
    }
  }

  #bringIntoSight(spot) {
    const pane = this.#scroll.getBoundingClientRect();
    const place = spot.getBoundingClientRect();
    // With some of the paper around it: a person reads a line with its neighbours.
    const margin = Math.min(120, pane.height / 4);
    if (place.top < pane.top + margin || place.bottom > pane.bottom - margin) {
      this.#scroll.scrollTop += place.top - pane.top - pane.height / 3;
    }
    if (place.left < pane.left || place.right > pane.right) {
      this.#scroll.scrollLeft += place.left - pane.left - 16;
    }
  }

  /** Chooses the line after or before the one that has the focus. */
  step(by) {
    const at = this.#boxes.indexOf(document.activeElement);
    const next = this.#boxes[at === -1 ? (by > 0 ? 0 : this.#boxes.length - 1) : at + by];
    if (next === undefined) return;
    this.#boxes.forEach((box) => box.setAttribute("tabindex", box === next ? "0" : "-1"));
    next.focus({ preventScroll: true });
  }
}

function partOf(box) {
  return box.getAttribute("href").slice(1);
}

/** The numbers of an attribute such as `12 30 400 56`; null without it. */
export function area(text) {
  return text === undefined || text === "" ? null : text.split(" ").map(Number);
}
