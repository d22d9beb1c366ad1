// What the entry screen shows beside the form: likely duplicates, earlier cases of the number, numbers to read back. All of it is text from
// petitions: it is set as text, never as markup.

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function caseLink(number) {
  const link = element("a", "", number);
  link.href = `/desk/cases/${number}`;
  // What is being typed stays open.
  link.target = "_blank";
  link.rel = "noopener";
  return link;
}

/** Likely duplicates, likeliest first. */
export function showCandidates(root, candidates) {
  const list = root.querySelector("#entry-similar");
  list.replaceChildren(...candidates.map(candidate));
  root.querySelector("#entry-none").hidden = candidates.length > 0;
  root.querySelector("#entry-none").textContent = "没有相近的事项。";
  root.querySelector("#entry-count").textContent = candidates.length > 0 ? `有${candidates.length}件相近的事项` : "没有相近的事项";
}

function candidate(found) {
  const item = element("li");
  const head = element("p", "entry-candidate");
  head.append(element("span", "badge warn", found.relation), " ", caseLink(found.number), ` ${found.title}`);
  const facts = element("p", "faint", `${found.registered_on}登记，${found.state}，相近${Math.round(found.score * 100)}%`);
  item.append(head, facts);
  if (found.reasons.length > 0) item.append(element("p", "", found.reasons.join("；")));
  if (found.against.length > 0) item.append(element("p", "faint", `不同：${found.against.join("；")}`));
  return item;
}

/** Earlier cases of the number; null when there is no number, with a problem why. */
export function showEarlier(root, cases, problem) {
  const place = root.querySelector("#entry-earlier");
  if (cases === null) {
    place.replaceChildren(element("p", "faint", problem ?? "填入来电号码后显示；每次查询都有记录。"));
    return;
  }
  if (cases.length === 0) {
    place.replaceChildren(element("p", "", "此号码没有既往事项。"));
    return;
  }
  const list = element("ul");
  for (const found of cases) {
    const item = element("li");
    const times = found.submissions > 1 ? `，${found.submissions}次` : "";
    item.append(caseLink(found.number), ` ${found.title}`, element("span", "faint", `（${found.last_on}${times}，${found.state}）`));
    list.append(item);
  }
  place.replaceChildren(list);
}

/** A number to read back, or why it is none yet. */
export function showRead(root, name, checked) {
  const line = root.querySelector(`#${name}-read`);
  line.classList.toggle("unfit", checked?.problem !== undefined);
  if (checked === null || checked === undefined) line.textContent = "";
  else if (checked.problem !== undefined) line.textContent = checked.problem;
  else line.textContent = `复述：${checked.read_back.groups}（${checked.read_back.spoken}）`;
}
