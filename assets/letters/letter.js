// One letter on the verification desk: its fields and lines, what is doubtful, what was typed and is saved.

import { letGo } from "./ahead.js";
import { Pages, area } from "./pages.js";
import { carried, overlap } from "./carry.js";

/** Milliseconds without typing before what was typed is saved. */
const PAUSE = 700;
/** Milliseconds without typing before the validators are asked. */
const JUDGE_PAUSE = 150;
/** Milliseconds before saving is tried again when the server cannot be reached. */
const RETRY = 3000;
const SVG = "http://www.w3.org/2000/svg";

export class Letter {
  #root;
  #form;
  #pages;
  #stops;
  #seen = new Set();
  #at = -1;
  #dirty = new Map();
  #timer = null;
  /** Requests are sent one after another: each names the version that the one before it was told. */
  #queue = Promise.resolve();
  #stopped = false;
  #lens;
  #confirmed;
  #warned = false;

  constructor(root, { confirmed }) {
    this.#root = root;
    this.#confirmed = confirmed;
    this.#form = root.querySelector("#check-form");
    this.#pages = new Pages(root, (part, edits) => this.#choose(part, edits));
    this.#lens = lens();
    this.#stops = [...root.querySelectorAll(".check-field.asked, .check-line.asked")].flatMap(stopsOf);
    for (const row of root.querySelectorAll(".check-field, .check-line")) this.#listen(row);
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#count();
  }

  get #editable() {
    return this.#root.dataset.editable !== undefined && !this.#stopped;
  }

  /** The letter is on the page: says that this person has it open, and goes to the first doubtful place. */
  open() {
    if (this.#root.dataset.state === "unchecked") this.#begin();
    if (!this.#editable) return;
    // Without anything doubtful the person still looks: the first field, not the button that confirms.
    if (this.#stops.length > 0) this.next(1);
    else this.#root.querySelector(".check-field input")?.focus();
  }

  #begin() {
    this.#send("begin", []).then((begun) => {
      if (begun === null) return;
      this.#version = begun.version;
      const state = this.#root.querySelector("#check-state");
      state.textContent = "核对中";
      state.className = "badge being_checked";
    });
  }

  #listen(row) {
    const input = row.querySelector("input, textarea");
    row.addEventListener("pointerenter", () => this.#point(row, false));
    input.addEventListener("focus", () => {
      this.#point(row, true);
      this.#see(row);
    });
    input.addEventListener("input", () => this.#typed(row, input));
    input.addEventListener("change", () => this.#carry(row, input));
    input.before = input.value;
    for (const choice of row.querySelectorAll("[data-reading]")) {
      choice.hidden = input.readOnly;
      choice.addEventListener("click", () => this.#take(row, choice));
    }
    input.addEventListener("scroll", () => this.#follow(row, input));
  }

  /** Shows where a row was read: on its page, and for a line cut out above it. */
  #point(row, moves) {
    this.#pages.point(row.dataset.page ?? null, area(row.dataset.area), moves);
    for (const other of this.#root.querySelectorAll(".pointed")) other.classList.remove("pointed");
    row.classList.add("pointed");
    const around = area(row.dataset.around);
    if (moves && around !== null) {
      this.#lens.setAttribute("viewBox", around.join(" "));
      this.#lens.firstChild.setAttribute("href", `#page-image-${row.dataset.page}`);
      row.prepend(this.#lens);
    }
  }

  #choose(part, edits) {
    const input = this.#input(part);
    if (input === null) return;
    if (edits) input.focus();
    else this.#point(input.closest("[data-part]"), false);
  }

  #input(part) {
    return this.#form.elements.namedItem(part);
  }

  // What is doubtful

  /** Goes to the next doubtful place, or the one before. */
  next(by) {
    const at = this.#placeAfter(document.activeElement?.closest("[data-part]") ?? null, by);
    if (at < 0) return;
    if (at >= this.#stops.length) {
      this.#at = this.#stops.length;
      this.#root.querySelector("[data-do=confirm]")?.focus();
      return;
    }
    this.#at = at;
    const { input, start, end } = this.#stops[at];
    input.focus();
    this.#seen.add(this.#stops[at]);
    if (start === null) input.select();
    else input.setSelectionRange(start, end);
    this.#count();
  }

  /** The doubtful place after (or before) the row with the focus, wherever the person went by hand. */
  #placeAfter(row, by) {
    if (row === null || this.#stops[this.#at]?.row === row) return this.#at + by;
    const isAfter = (one) => (row.compareDocumentPosition(one.row) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    if (by < 0) return this.#stops.findLastIndex((one) => one.row !== row && !isAfter(one));
    // A line that was clicked has places of its own to be shown first; a field is one place, and the person is there.
    const next = this.#stops.findIndex((one) => isAfter(one) || (one.row === row && one.start !== null));
    return next === -1 ? this.#stops.length : next;
  }

  #see(row) {
    for (const stop of this.#stops) {
      if (stop.row === row) this.#seen.add(stop);
    }
    this.#count();
  }

  #count() {
    if (this.#root.dataset.editable === undefined) return;
    const left = this.#stops.length - this.#seen.size;
    const count = this.#root.querySelector("#check-count");
    count.textContent = left > 0 ? `存疑 ${this.#stops.length} 处，还有 ${left} 处没看` : `存疑 ${this.#stops.length} 处，都看过了`;
    for (const row of this.#root.querySelectorAll(".asked")) {
      const stops = this.#stops.filter((stop) => stop.row === row);
      row.classList.toggle("seen", stops.length > 0 && stops.every((stop) => this.#seen.has(stop)));
    }
  }

  // What is typed

  #typed(row, input) {
    this.#dirty.set(input.name, input.value);
    this.#follow(row, input);
    const marked = row.querySelector(".marked");
    // The marks stand on what was read; what a person has typed needs none.
    if (marked !== null) marked.replaceChildren();
    row.classList.add("typed");
    this.#say("正在保存…");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.saveNow(), PAUSE);
    if (row.dataset.field !== undefined) {
      clearTimeout(row.judgeTimer);
      row.judgeTimer = setTimeout(() => this.#judge(row, input), JUDGE_PAUSE);
    }
  }

  /** Takes one of the readings between which the engines disagree. */
  #take(row, choice) {
    const input = row.querySelector("input, textarea");
    input.focus();
    input.select();
    // The one way to write into a field that the browser's own undo takes back; it says itself that something was typed. The words
    // are carried to the same words elsewhere when the field is left, as typed ones are.
    if (document.execCommand("insertText", false, choice.dataset.reading)) return;
    input.value = choice.dataset.reading;
    this.#typed(row, input);
    this.#carry(row, input);
  }

  /** The same words on the same paper are put right once: a name in a field and in its line, a title and its line. */
  #carry(row, input) {
    const before = input.before;
    input.before = input.value;
    const carriedTo = [];
    for (const other of this.#root.querySelectorAll(".check-field, .check-line")) {
      const target = other.querySelector("input, textarea");
      if (other === row || target.readOnly || !overlap(row, other)) continue;
      const text = carried(before, input.value, target.value);
      if (text === null) continue;
      target.value = text;
      target.before = text;
      this.#typed(other, target);
      carriedTo.push(target.getAttribute("aria-label") ?? other.querySelector("label").textContent);
    }
    if (carriedTo.length > 0) this.#root.querySelector("#check-carried").textContent = `同样的字也改了：${carriedTo.join("、")}`;
  }

  #follow(row, input) {
    const marked = row.querySelector(".marked");
    if (marked !== null) marked.scrollLeft = input.scrollLeft;
  }

  async #judge(row, input) {
    const text = input.value;
    const told = await this.#post("/desk/letters/judge", [["field", row.dataset.field], ["text", text]]);
    if (!told.ok || input.value !== text) return;
    const { verdict, note } = await told.json();
    row.classList.remove("fits", "unusual", "impossible", "missing");
    row.classList.add(verdict);
    row.querySelector(".verdict").textContent = note;
  }

  /** Saves what was typed and is not saved. */
  saveNow() {
    clearTimeout(this.#timer);
    if (this.#dirty.size === 0 || !this.#editable) return this.#queue;
    const typed = [...this.#dirty];
    this.#dirty.clear();
    return this.#send("draft", typed).then((kept) => {
      if (kept === null) return;
      this.#version = kept.version;
      // What was typed meanwhile is saved next, and says so then.
      if (this.#dirty.size === 0) this.#say(`已保存 ${kept.saved_at}`);
    });
  }

  // What is sent

  get #version() {
    return this.#form.elements.namedItem("version").value;
  }

  set #version(version) {
    this.#form.elements.namedItem("version").value = version;
  }

  /** Posts a step of this letter after those before it; null when it was refused or could not be sent. */
  #send(step, fields) {
    const sent = this.#queue.then(async () => {
      if (this.#stopped) return null;
      try {
        const answer = await this.#post(`${this.#root.dataset.path}/${step}`, [["version", this.#version], ...fields]);
        // A session that has ended leads to the sign-in page.
        if (answer.ok && !answer.redirected) return answer.json();
        await this.#refused(answer);
      } catch {
        this.#again(fields);
      }
      return null;
    });
    this.#queue = sent.catch(() => null);
    return sent;
  }

  #post(path, fields) {
    const body = new URLSearchParams([["form_token", this.#form.elements.namedItem("form_token").value], ...fields]);
    const headers = { Accept: "application/json" };
    return fetch(path, { method: "POST", body, headers, credentials: "same-origin", keepalive: body.toString().length < 60000 });
  }

  /** The server could not be reached: what was typed stays here and is sent again. */
  #again(fields) {
    for (const [name, text] of fields) {
      if (!this.#dirty.has(name) && this.#input(name) !== null) this.#dirty.set(name, text);
    }
    this.#say("未能保存，正在重试");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.saveNow(), RETRY);
  }

  /** The server has refused: somebody else has the letter, or the session has ended. */
  async #refused(answer) {
    const told = () => ({ title: signIn ? "登录已失效，没有保存的内容还在这一页上" : "未能保存", detail: "" });
    const signIn = answer.redirected || answer.status === 401;
    const problem = signIn ? told() : await answer.json().catch(told);
    this.#stopped = true;
    for (const input of this.#form.querySelectorAll("input:not([type=hidden]), textarea")) input.readOnly = true;
    for (const button of this.#root.querySelectorAll(".check-actions button")) button.disabled = true;
    this.#say("未保存");
    const words = document.createElement("p");
    words.textContent = [problem.title, problem.detail].filter((text) => text).join("：");
    const link = document.createElement("a");
    link.href = signIn ? `/sign-in?next=${encodeURIComponent(this.#root.dataset.path)}` : this.#root.dataset.path;
    link.textContent = signIn ? "重新登录" : "刷新这封信";
    const notice = document.createElement("div");
    notice.className = "problem";
    notice.append(words, link);
    this.#root.querySelector("#check-notice").replaceChildren(notice);
    link.focus();
  }

  #warn(words) {
    this.#root.querySelector("#check-unseen").textContent = words;
  }

  #say(words) {
    this.#root.querySelector("#check-saved").textContent = words;
  }

  async #submit(event) {
    const what = event.submitter?.dataset.do ?? "save";
    if (what === "undo") return;
    event.preventDefault();
    if (!this.#editable) return;
    if (what === "save") {
      if (this.#dirty.size === 0) this.#say("没有未保存的内容");
      await this.saveNow();
      return;
    }
    await this.confirm();
  }

  /** Confirms; the first time that something doubtful was not looked at, goes there instead. */
  async confirm() {
    if (!this.#editable) return;
    const unseen = this.#stops.findIndex((stop) => !this.#seen.has(stop));
    if (unseen !== -1 && !this.#warned) {
      this.#warned = true;
      this.#at = unseen - 1;
      this.next(1);
      // In a place of its own: what is being saved says so at any moment, and must not take the words from under the person's eyes.
      this.#warn("还有存疑处没看；再点一次“核对完毕，下一封”（或按 Ctrl+Enter）即按现有内容核对完毕");
      return;
    }
    this.#warn("");
    const here = document.activeElement;
    if (here instanceof HTMLElement && this.#form.contains(here) && here.name) this.#carry(here.closest("[data-part]"), here);
    clearTimeout(this.#timer);
    const typed = [...this.#dirty];
    this.#dirty.clear();
    const done = await this.#send("confirm", typed);
    if (done === null) return;
    this.#stopped = true;
    await this.#confirmed(done);
  }

  /** Offers to take back what was confirmed just before. */
  offerUndo(done) {
    this.#root.querySelector("#check-before")?.remove();
    const form = document.createElement("form");
    form.id = "check-before";
    form.className = "notice check-before";
    form.method = "post";
    form.action = `/desk/letters/${done.confirmed}/undo`;
    for (const [name, value] of [["form_token", this.#form.elements.namedItem("form_token").value], ["version", done.version]]) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    words.textContent = done.corrections > 0 ? `${done.confirmed}已核对，更正${done.corrections}处。` : `${done.confirmed}已核对，识别无误。`;
    const button = document.createElement("button");
    button.className = "quiet";
    button.textContent = "撤销（Alt+Z）";
    form.append(words, button);
    this.#root.querySelector(".check-panes").before(form);
  }

  // Keys

  key(event) {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    // While an input method composes, its keys are its own; 229 is what some say instead.
    if (event.isComposing || event.keyCode === 229 || event.metaKey) return;
    if (this.#keyAnywhere(event, typing) || ((!typing || event.altKey) && !event.ctrlKey && this.#keyOfPage(event))) {
      event.preventDefault();
    }
  }

  #keyAnywhere(event, typing) {
    // A key that is held down walks through places, and never confirms a letter that nobody has seen.
    if (event.key === "Enter" && event.repeat && !typing) return true;
    if (event.key === "Enter" && event.ctrlKey) {
      if (!event.repeat) this.confirm();
    }
    else if (event.key === "Enter" && typing && !event.altKey) this.next(event.shiftKey ? -1 : 1);
    else if (event.altKey && event.code === "KeyZ") this.#root.querySelector("#check-before button")?.click();
    else if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
      const choices = event.target.closest("[data-part]")?.querySelectorAll("[data-reading]") ?? [];
      choices[Number(event.code.at(-1)) - 1]?.click();
    } else if (event.key === "Escape" && typing) this.#root.querySelector(".check-scroll").focus();
    else return false;
    return true;
  }

  #keyOfPage(event) {
    if (event.code === "KeyN") this.next(event.shiftKey ? -1 : 1);
    else if (event.key === "+" || event.key === "=") this.#pages.do("larger");
    else if (event.key === "-") this.#pages.do("smaller");
    else if (event.key === "0") this.#pages.do("fit");
    else if (event.code === "KeyR") this.#pages.do("turn");
    else if (event.key === "ArrowDown" && this.#inPages(event)) this.#pages.step(1);
    else if (event.key === "ArrowUp" && this.#inPages(event)) this.#pages.step(-1);
    else return false;
    return true;
  }

  #inPages(event) {
    return event.target.closest(".check-scroll") !== null;
  }

  /** The letter leaves the page. */
  close() {
    clearTimeout(this.#timer);
    letGo(this.#root);
  }
}

/** The doubtful places of a row. */
function stopsOf(row) {
  const input = row.querySelector("input, textarea");
  if (row.dataset.doubts === undefined) return [{ row, input, start: null, end: null }];
  // The server counts characters, not UTF-16 units.
  const characters = [...input.value];
  const units = (place) => characters.slice(0, place).join("").length;
  return row.dataset.doubts.split(" ").map((stretch) => {
    const [start, end] = stretch.split("-").map(Number);
    return { row, input, start: units(start), end: units(end) };
  });
}

/** The cut-out of the page that stands above the line with the focus. */
function lens() {
  const image = document.createElementNS(SVG, "svg");
  image.setAttribute("class", "lens");
  image.setAttribute("preserveAspectRatio", "xMinYMid meet");
  image.setAttribute("aria-hidden", "true");
  image.append(document.createElementNS(SVG, "use"));
  return image;
}
