// What the form does besides when scripts run: counts characters, and keeps a draft in this browser until the form is sent.
// Nothing here is needed, and nothing leaves the device. Numbers and names are not kept: others may use the device too.

const STORE = "xinqiao-petition-draft";
/** What a draft keeps: the words about the matter, no personal data. */
const KEPT = ["title", "body", "demand", "place", "place_code"];
/** Milliseconds without typing before the draft is written. */
const PAUSE = 500;

const form = document.getElementById("petition");

/** The fields of a draft that the page has. */
function keptFields() {
  return KEPT.map((name) => form.elements.namedItem(name)).filter((field) => field !== null);
}

/** Shows under a field how many characters it may still have. Screen readers hear it when typing pauses. */
function count(field) {
  const limit = Number(field.dataset.limit);
  const counter = document.createElement("p");
  counter.className = "hint";
  counter.id = `${field.id}-count`;
  counter.setAttribute("aria-live", "polite");
  field.after(counter);
  let timer;
  const show = () => {
    // The server counts characters, not UTF-16 units.
    const left = limit - [...field.value].length;
    counter.textContent = left >= 0 ? `还可以写${left}字` : `超出${-left}字，请精简或放入附件`;
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  show();
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? "null");
  } catch {
    return null; // No storage, or not a draft of ours.
  }
}

function write() {
  const draft = Object.fromEntries(keptFields().map((field) => [field.name, field.value]));
  try {
    if (Object.values(draft).some((value) => value !== "")) {
      localStorage.setItem(STORE, JSON.stringify(draft));
    } else {
      localStorage.removeItem(STORE);
    }
  } catch {
    // Storage is full or forbidden: then there is no draft.
  }
}

function clear() {
  try {
    localStorage.removeItem(STORE);
  } catch {
    // Nothing was kept.
  }
}

/** A line that says what is kept and where, with a way to remove it. */
function draftLine(restored) {
  const line = document.createElement("div");
  line.className = "notice draft";
  const words = document.createElement("span");
  words.setAttribute("role", "status");
  words.textContent = restored
    ? "已恢复上次没写完的草稿。草稿只存在这台设备上，不含姓名和号码。"
    : "标题、内容和地点会作为草稿存在这台设备上，草稿不会上传，也不含姓名和号码。";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = "清除草稿";
  button.addEventListener("click", () => {
    clear();
    for (const field of keptFields()) field.value = "";
    for (const field of form.querySelectorAll("[data-limit]")) field.dispatchEvent(new Event("input"));
    words.textContent = "草稿已清除。";
  });
  line.append(words, button);
  form.before(line);
}

/** Fills empty fields from the draft; what the server gave back is newer and stays. */
function restore() {
  const draft = read();
  if (draft === null || typeof draft !== "object" || keptFields().some((field) => field.value !== "")) return false;
  let restored = false;
  for (const field of keptFields()) {
    if (typeof draft[field.name] === "string" && draft[field.name] !== "") {
      field.value = draft[field.name];
      restored = true;
    }
  }
  return restored;
}

if (form !== null) {
  draftLine(restore());
  for (const field of form.querySelectorAll("[data-limit]")) count(field);
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE);
  });
  form.addEventListener("submit", write);
  if (document.getElementById("summary") !== null) write();
  // What is wrong is heard and seen first.
  document.getElementById("summary")?.focus();
} else if (document.querySelector("[data-registered]") !== null) {
  clear();
}
