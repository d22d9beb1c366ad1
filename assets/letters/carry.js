// The same words stand in a field and in the line it was read from. What is put right in one of them is put right in the other.

import { area } from "./pages.js";

/** The most characters before and after a change by which its place is told ... */
const CONTEXT = 4;
/** ... and how many are tried: fewer where the other text begins or ends. */
const CONTEXTS = [4, 2, 1, 0];
/** The fewest characters by which a place can be told. */
const LEAST = 2;
/** The longest text of which changes are told apart, in characters: a long paragraph. */
const LONGEST = 600;

/** Whether two rows were read from the same place of a page. */
export function overlap(row, other) {
  const [one, two] = [area(row.dataset.area), area(other.dataset.area)];
  if (one === null || two === null || row.dataset.page !== other.dataset.page) return false;
  const shared = (a, b) => Math.min(one[a] + one[b], two[a] + two[b]) - Math.max(one[a], two[a]);
  return shared(0, 2) > 0 && shared(1, 3) > Math.min(one[3], two[3]) / 2;
}

/** `text` with the changes from `before` to `after` made in it, as far as their places are plain; null when nothing changes. */
export function carried(before, after, text) {
  if (before === after) return null;
  const whole = replaced(text, before, after);
  if (whole !== null) return whole;
  const made = changes([...before], [...after]).reduceRight(changed, text);
  return made === text ? null : made;
}

/** `text` with one change, at the place that the most of its neighbours tell. */
function changed(text, { old, now, left, right }) {
  for (const before of CONTEXTS) {
    for (const after of CONTEXTS) {
      const [here, there] = [[...left].slice(left.length - Math.min(before, left.length)).join(""), [...right].slice(0, after).join("")];
      const made = replaced(text, here + old + there, here + now + there);
      if (made !== null) return made;
    }
  }
  return text;
}

/** `text` with `now` for `old`; null unless `old` stands in it exactly once. */
function replaced(text, old, now) {
  const place = text.indexOf(old);
  if ([...old].length < LEAST || place === -1 || text.indexOf(old, place + 1) !== -1) return null;
  return text.slice(0, place) + now + text.slice(place + old.length);
}

/** The stretches that differ, each with what stays beside it. */
function changes(before, after) {
  if (before.length > LONGEST || after.length > LONGEST) return [];
  const kept = keptPairs(before, after);
  const found = [];
  let [one, two] = [0, 0];
  for (const [next, other] of [...kept, [before.length, after.length]]) {
    if (next > one || other > two) {
      found.push({ start: one, end: next, old: before.slice(one, next).join(""), now: after.slice(two, other).join("") });
    }
    [one, two] = [next + 1, other + 1];
  }
  return found.map((change, index) => {
    const from = Math.max(found[index - 1]?.end ?? 0, change.start - CONTEXT);
    const to = Math.min(found[index + 1]?.start ?? before.length, change.end + CONTEXT);
    return { ...change, left: before.slice(from, change.start).join(""), right: before.slice(change.end, to).join("") };
  });
}

/** The places of the characters that both texts share, in order: a longest common subsequence. */
function keptPairs(before, after) {
  const [rows, columns] = [before.length + 1, after.length + 1];
  const length = new Uint16Array(rows * columns);
  for (let row = rows - 2; row >= 0; row -= 1) {
    for (let column = columns - 2; column >= 0; column -= 1) {
      length[row * columns + column] = before[row] === after[column]
        ? length[(row + 1) * columns + column + 1] + 1
        : Math.max(length[(row + 1) * columns + column], length[row * columns + column + 1]);
    }
  }
  const pairs = [];
  let [row, column] = [0, 0];
  while (row < rows - 1 && column < columns - 1) {
    if (before[row] === after[column]) {
      pairs.push([row, column]);
      row += 1;
      column += 1;
    } else if (length[(row + 1) * columns + column] >= length[row * columns + column + 1]) row += 1;
    else column += 1;
  }
  return pairs;
}
