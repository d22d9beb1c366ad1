// Beside the form: published answers like what is being written. Without scripts the same answers are at /answers.
//
// The words are sent to this site to be compared, and are not kept there. What comes back is set as text, never as markup.

/** Milliseconds without typing before the server is asked. */
const PAUSE = 800;
/** Fewer characters say nothing yet. */
const LEAST = 6;

const form = document.getElementById("petition");
const place = document.getElementById("answers");

let timer = null;
let asking = null;
let asked = "";

function words() {
  const of = (name) => form.elements.namedItem(name)?.value.trim() ?? "";
  return { title: of("title"), body: of("body") };
}

/** An accusation concerns nobody else's answer, and its words stay in the form. */
function isAccusation() {
  return form.elements.namedItem("purpose")?.value === "accusation";
}

function show(answers) {
  const list = place.querySelector("ul");
  list.replaceChildren(
    ...answers.map((answer) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `/answers/${answer.answer}`;
      // What is being written stays open.
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = answer.title;
      item.append(link);
      return item;
    }),
  );
  place.querySelector("[role=status]").textContent = answers.length > 0 ? `有${answers.length}个类似问题的公开答复（在新窗口打开）：` : "";
}

async function ask() {
  const typed = words();
  const body = JSON.stringify({ title: typed.title, body: [...typed.body].slice(0, 2000).join("") });
  if (isAccusation() || typed.title.length + typed.body.length < LEAST) {
    asking?.abort();
    asked = "";
    show([]);
    return;
  }
  if (body === asked) return;
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch("/api/v1/answers/similar", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal: asking.signal,
    });
    if (!answer.ok) return; // Too often, or the search is down: the form works without.
    show((await answer.json()).answers);
    asked = body;
  } catch {
    // Offline, or asked again meanwhile.
  }
}

if (form !== null && place !== null) {
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  ask();
}
