// Every word turned around, after the manner of the pseudo-locale `ar-XB`: the letters are those of English, and the marks
// around them make a browser set them from right to left, as it sets Arabic. Numbers stand as they are.

/** An Arabic mark, so that numbers beside it are set as beside Arabic letters; and from right to left until the other end. */
const [OPEN, CLOSE] = ['\u061C\u202E', '\u202C\u061C'];

/** A word, or what stands in for one in a text that is filled in later. */
const WORD = /[\p{L}\p{M}][\p{L}\p{M}’'-]*/gu;

export const mirror = (text) => text.replace(WORD, `${OPEN}$&${CLOSE}`);

/** The words of a language, the functions among them too; what they are filled in with is turned around already. */
export function mirrorWords(words) {
  if (typeof words === 'string') return mirror(words);
  if (typeof words === 'function') return (...given) => mirrorAround(words, given);
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, mirrorWords(value)]));
}

/** A mark of no word stands for each text while the words around it are turned around. */
function mirrorAround(words, given) {
  const marks = given.map((each, at) => (typeof each === 'string' ? String.fromCodePoint(0xe000 + at) : each));
  const text = mirror(words(...marks));
  return given.reduce((filled, each, at) => (typeof each === 'string' ? filled.replaceAll(marks[at], each) : filled), text);
}

/** Where the engine says something to a family, by the names in its answers. A source is named as it names itself. */
const SAID = new Set(['question', 'help', 'find_out', 'name', 'label', 'decides', 'text', 'answer', 'because', 'by', 'hours', 'coordinator', 'payer', 'pays_for', 'mechanism', 'assumptions', 'notes', 'offers', 'steps', 'documents', 'renewal']);

/** What the engine says, turned around; what it only tells the page, such as an id, stays. */
export function mirrorSaid(value, inside = null) {
  if (typeof value === 'string') return SAID.has(inside) ? mirror(value) : value;
  if (Array.isArray(value)) return value.map((each) => mirrorSaid(each, inside));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mirrorSaid(each, name)]));
}
