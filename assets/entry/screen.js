// The screen on which staff enter while somebody speaks: likely duplicates and filled fields while typing, numbers to read back, a draft
// that is never lost, and calls that the telephone system announces. Without scripts the same page is a plain form.

import { Incoming } from "./incoming.js";
import { showCandidates, showEarlier, showRead } from "./shown.js";

/** Milliseconds without typing before the server is asked to think along: fast typing is one question, and an answer is there 150 ms
 * after the last key. */
const THINK_PAUSE = 25;
/** Milliseconds without typing before the draft is kept. */
const SAVE_PAUSE = 800;
/** Milliseconds before keeping is tried again when the server cannot be reached. */
const RETRY = 3000;
/** Milliseconds after opening a draft before it is asked for again: what the page before kept while it was left may only just have arrived. */
const SETTLE = 700;
/** How often a draft that was kept elsewhere is brought together before a person must look. */
const MERGES = 3;
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
  /** Fields that were changed since the page was opened, by the person or by filling. */
  #touched = new Set();
  #merges = 0;
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
    if (this.#field("version").value !== "0") setTimeout(() => this.#merge(), SETTLE);
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
    for (const name of ["call_id", "caller_number", "form"]) this.#touched.add(name);
    this.#changed();
    this.#lookUp();
    this.#field("body").focus();
  }

  #field(name) {
    return this.#form.elements.namedItem(name);
  }

  #typed(input) {
    this.#touched.add(input.name);
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
      this.#touched.add(name);
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
      if (answer.status === 409 && !answer.redirected && this.#merges < MERGES && (await this.#merge())) {
        this.#merges += 1;
        return this.#keep();
      }
      if (!answer.ok || answer.redirected) return this.#refused(answer);
      this.#merges = 0;
      const kept = await answer.json();
      this.#field("version").value = kept.version;
      // What was typed meanwhile is saved next, and says so then.
      if (!this.#dirty) this.#say(`草稿已保存 ${kept.saved_at}`);
      if (location.pathname !== kept.path) history.replaceState(null, "", kept.path);
    } catch {
      this.#dirty = true;
      this.#say("未能保存，正在重试");
      this.#saveTimer = setTimeout(() => this.#saveNow(), RETRY);
    }
  }

  /** Takes what was kept elsewhere (by the page before this one, or another window) where nothing was changed here. Whether there is a draft. */
  async #merge() {
    try {
      const answer = await fetch(`/desk/entry/${this.#root.dataset.draft}`, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const theirs = page.getElementById("entry-form");
      if (theirs === null) return false;
      for (const input of theirs.querySelectorAll("input, textarea")) {
        const own = this.#form.querySelector(input.type === "radio" ? `[name="${input.name}"][value="${input.value}"]` : `[name="${input.name}"]`);
        if (own === null || input.name === "form_token" || this.#touched.has(input.name)) continue;
        if (input.type === "radio" || input.type === "checkbox") own.checked = input.checked;
        else own.value = input.name === "edited" ? [...new Set([...this.#edited, ...input.value.split(" ")])].join(" ").trim() : input.value;
      }
      this.#edited = new Set(this.#field("edited").value.split(" ").filter((name) => name !== ""));
      return true;
    } catch {
      return false;
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
