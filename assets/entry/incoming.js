// Waits for calls that the telephone system announces, and opens the screen for them: here when nothing is typed, else by a line with a
// link, so that no half-written call is lost.

/** Milliseconds before asking again after the server could not be reached. */
const RETRY = 5000;
/** Milliseconds without any key or pointer after which nobody sits here: asking on would keep the session alive. */
const AWAY = 30 * 60 * 1000;
const STORE = "xinqiao-calls-after";

export class Incoming {
  #root;
  #screen;
  #active = Date.now();

  constructor(root, screen) {
    this.#root = root;
    this.#screen = screen;
    for (const name of ["keydown", "pointerdown"]) document.addEventListener(name, () => { this.#active = Date.now(); });
  }

  async start() {
    while (Date.now() - this.#active < AWAY) {
      const begun = Date.now();
      try {
        const answer = await fetch(`/desk/calls/incoming?after=${this.#after}`, { credentials: "same-origin" });
        if (!answer.ok || answer.redirected) return;
        const { after, calls } = await answer.json();
        // The server began anew: its order did too.
        this.#after = after;
        for (const call of calls) this.#ring(call);
        // An answer without a call at once means that too many wait.
        if (calls.length === 0 && Date.now() - begun < 1000) await pause(RETRY);
      } catch {
        await pause(RETRY);
      }
    }
  }

  get #after() {
    return sessionStorage.getItem(STORE) ?? "0";
  }

  set #after(place) {
    sessionStorage.setItem(STORE, String(place));
  }

  #ring(call) {
    if (this.#screen.isEmpty) {
      this.#screen.take(call);
      this.#say(call, "来电已填入：");
      return;
    }
    this.#say(call, "新来电：");
    const link = document.createElement("a");
    link.href = `/desk/calls/new?call=${encodeURIComponent(call.call_id)}`;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "在新窗口登记";
    this.#root.querySelector("#entry-ringing p").append(" ", link);
  }

  #say(call, words) {
    const line = document.createElement("p");
    line.className = "notice";
    line.textContent = words + (call.caller_number || "号码未显示");
    this.#root.querySelector("#entry-ringing").replaceChildren(line);
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}
