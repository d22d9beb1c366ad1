// The screen on which staff enter while somebody speaks: likely duplicates and filled fields while typing, numbers to read back, a draft
// that is never lost, and calls that the telephone system announces. Without scripts the same page is a plain form.

import { Incoming } from "./incoming.js";
import { showCandidates, showEarlier, showRead } from "./shown.js";

/** Milliseconds without typing before the server is asked to think along: fast typing is one question, and an answer is there 150 ms
 * after the last key. */
const THINK_PAUSE = 40;
/** Milliseconds without typing before the draft is kept. */
const SAVE_PAUSE = 800;
/** Milliseconds before keeping is tried again when the server cannot be reached. */
const RETRY = 3000;
/** A number of fewer digits is not looked up. */
const LEAST_DIGITS = 7;
/** Fields that are filled in from the words. */
const FILLED = ["name", "phone", "id_number", "address", "title", "demand", "place"];

class Screen {
  #root;
  #form;
  #edited;
  #thinkTimer = null;
  #saveTimer = null;
  #thinking = null;
  #looked = null;
  #dirty = false;
  #stopped = false;
  /** Drafts are kept one after another: each names the version that the one before it was told. */
  #queue = Promise.resolve();

  constructor(root) {
    this.#root = root;
    this.#form = root.querySelector("#entry-form");
    this.#edited = new Set(this.#field("edited").value.split(" ").filter((name) => name !== ""));
    this.#form.addEventListener("input", (event) => this.#typed(event.target));
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#field("caller_number").addEventListener("change", () => this.#lookUp());
    document.addEventListener("keydown", (event) => this.#key(event));
    // What was typed in the last moment is not lost when the page is left.
    addEventListener("pagehide", () => this.#saveNow());
    if (this.#field("caller_number").value !== "") this.#lookUp();
    if (!this.isEmpty) this.#think();
    this.#field("body").focus();
  }

  /** Whether nothing was typed yet. */
  get isEmpty() {
    return ["body", "caller_number", ...FILLED].every((name) => this.#field(name).value.trim() === "");
  }

  /** Takes a call that was announced. */
  take(call) {
    this.#field("call_id").value = call.call_id;
    this.#field("caller_number").value = call.caller_number;
    for (const radio of this.#form.querySelectorAll("[name=form]")) radio.checked = radio.value === "phone";
    this.#changed();
    this.#lookUp();
    this.#field("body").focus();
  }

  #field(name) {
    return this.#form.elements.namedItem(name);
  }

  #typed(input) {
    if (FILLED.includes(input.name)) {
      // Emptied again, a field may be filled again.
      if (input.value === "") this.#edited.delete(input.name);
      else this.#edited.add(input.name);
      input.classList.remove("filled");
      this.#field("edited").value = [...this.#edited].join(" ");
    }
    this.#changed();
    clearTimeout(this.#thinkTimer);
    // What is being thought about is no longer what is typed.
    this.#thinking?.abort();
    this.#thinkTimer = setTimeout(() => this.#think(), THINK_PAUSE);
  }

  #changed() {
    this.#dirty = true;
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => this.#saveNow(), SAVE_PAUSE);
  }

  async #think() {
    const thinking = new AbortController();
    this.#thinking = thinking;
    try {
      const answer = await this.#post("/desk/entry/think", thinking.signal);
      if (!answer.ok || answer.redirected) return;
      const told = await answer.json();
      if (thinking.signal.aborted) return;
      if (this.#root.dataset.readsCases !== undefined) showCandidates(this.#root, told.candidates);
      this.#fill(told.fields);
      showRead(this.#root, "phone", told.phone);
      showRead(this.#root, "id_number", told.id_number);
      performance.mark("entry-shown");
    } catch {
      // Aborted by newer typing, or the server cannot be reached: typing goes on either way.
    }
  }

  /** Fills fields that the person has not typed in. */
  #fill(fields) {
    let filled = false;
    for (const name of FILLED) {
      const input = this.#field(name);
      const offered = fields.find((field) => field.name === name)?.value ?? "";
      // What was filled in before goes when the words no longer say it.
      if (this.#edited.has(name) || input.value === offered || (offered === "" && !input.classList.contains("filled"))) continue;
      input.value = offered;
      input.classList.toggle("filled", offered !== "");
      filled = true;
    }
    if (!filled) return;
    this.#changed();
    // The numbers that were just filled in are read back too.
    const number = fields.some((field) => field.name === "phone" || field.name === "id_number");
    if (number) this.#think();
  }

  /** Earlier cases of the number: once for each number, since each look is written down. */
  async #lookUp() {
    const number = this.#field("caller_number").value.trim();
    if (this.#root.dataset.readsCases === undefined || number === this.#looked) return;
    this.#looked = number;
    if (number.replace(/\D/g, "").length < LEAST_DIGITS) return showEarlier(this.#root, null);
    try {
      const answer = await this.#post("/desk/entry/caller");
      if (answer.redirected || number !== this.#looked) return;
      if (answer.ok) showEarlier(this.#root, (await answer.json()).cases);
      else showEarlier(this.#root, null, (await answer.json()).detail);
    } catch {
      this.#looked = null;
    }
  }

  #saveNow() {
    clearTimeout(this.#saveTimer);
    if (!this.#dirty || this.#stopped) return this.#queue;
    this.#dirty = false;
    this.#queue = this.#queue.then(() => this.#keep());
    return this.#queue;
  }

  async #keep() {
    try {
      const answer = await this.#post(`/desk/entry/${this.#root.dataset.draft}/draft`);
      if (!answer.ok || answer.redirected) return this.#refused(answer);
      const kept = await answer.json();
      this.#field("version").value = kept.version;
      this.#say(`草稿已保存 ${kept.saved_at}`);
      if (location.pathname !== kept.path) history.replaceState(null, "", kept.path);
    } catch {
      this.#dirty = true;
      this.#say("未能保存，正在重试");
      this.#saveTimer = setTimeout(() => this.#saveNow(), RETRY);
    }
  }

  /** The draft was changed in another window, or the session has ended: what is typed stays on the page. */
  async #refused(answer) {
    const signIn = answer.redirected || answer.status === 401;
    const problem = signIn ? { title: "登录已失效", detail: "内容还在这一页上，请在新窗口登录后按Ctrl+S" } : await answer.json().catch(() => ({ title: "未能保存", detail: "" }));
    this.#stopped = !signIn && answer.status === 409;
    this.#dirty = !this.#stopped;
    this.#say("未保存");
    const words = document.createElement("p");
    words.className = "problem";
    words.setAttribute("role", "alert");
    words.textContent = [problem.title, problem.detail].filter((text) => text).join("：");
    this.#root.querySelector("#entry-notice").replaceChildren(words);
  }

  #post(path, signal) {
    const body = new URLSearchParams(new FormData(this.#form));
    const headers = { Accept: "application/json" };
    return fetch(path, { method: "POST", body, headers, signal, credentials: "same-origin", keepalive: signal === undefined && body.toString().length < 60000 });
  }

  #say(words) {
    this.#root.querySelector("#entry-saved").textContent = words;
  }

  #submit(event) {
    if (event.submitter?.dataset.do === "save") {
      event.preventDefault();
      this.#dirty = true;
      this.#saveNow();
      return;
    }
    // The draft ends here: nothing is kept any more.
    this.#stopped = true;
    clearTimeout(this.#saveTimer);
  }

  #key(event) {
    if (!event.ctrlKey || event.altKey || event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.#form.requestSubmit(this.#form.querySelector("button:not([data-do])"));
    } else if (event.key === "s") {
      event.preventDefault();
      this.#dirty = true;
      this.#saveNow();
    }
  }
}

const root = document.getElementById("entry");
if (root !== null) new Incoming(root, new Screen(root)).start();
