// Where everything stands in the picture of a care map: who leads on top, the child below, everybody else on both sides.
// Numbers and lines of text only. Narrow enough for the smallest phone; the width of text is estimated, rather too much
// than too little, since fonts differ.

export const WIDTH = 320;
export const TEXT = 13;

const LINE = 16;
const CARD = 114;
const TOP = 220;
const CHILD = 38;
const GAP = 12;
const PAD = 9;
const MARK = 26;
const MARKS_A_ROW = 4;
const MOST_LINES = 4;
const EDGE = 2;

export interface Point {
  x: number;
  y: number;
}

/** A line of text, at its middle. */
export interface Line extends Point {
  text: string;
}

/** What is to stand on a card. */
export interface Label {
  name: string;
  /** A word above the name: who has one stands on top. */
  above: string;
  /** How many marks stand below it. */
  marks: number;
}

export interface Card extends Point {
  width: number;
  height: number;
  /** From the corner of the card. */
  lines: Line[];
  marks: Point[];
}

export interface Picture {
  height: number;
  child: Point & { radius: number; lines: Line[] };
  /** In the order of the labels. */
  cards: Card[];
}

export function picture(child: string, labels: Label[]): Picture {
  const cards = labels.map(cardOf);
  const top = cards[labels.findIndex(({ above }) => above)];
  // Each goes to the side that is shorter so far.
  const sides: [Card[], Card[]] = [[], []];
  for (const card of cards) if (card !== top) sides[heightOf(sides[1]) < heightOf(sides[0]) ? 1 : 0].push(card);

  const above = top ? top.height + 2 * MARK : EDGE;
  const height = Math.max(2 * CHILD, ...sides.map(heightOf));
  const y = above + height / 2;
  sides.forEach((side, right) => {
    let next = y - heightOf(side) / 2;
    for (const card of side) {
      card.x = right ? WIDTH - CARD - EDGE : EDGE;
      card.y = next;
      next += card.height + GAP;
    }
  });
  const lines = fitted(child, CHILD * 1.66, 2);
  return { height: above + height + EDGE, child: { x: WIDTH / 2, y, radius: CHILD, lines: linesOf(lines, 0, (-lines.length * LINE) / 2) }, cards };
}

/** Where the line from the child ends: at the side of the card that is nearer. */
export const tied = ({ x, y, width, height }: Card): Point => ({ x: Math.min(Math.max(WIDTH / 2, x), x + width), y: y + height / 2 });

const heightOf = (side: Card[]): number => side.reduce((sum, { height }) => sum + height + GAP, -GAP);

const linesOf = (texts: string[], x: number, y: number): Line[] => texts.map((text, at) => ({ text, x, y: y + at * LINE + TEXT - 0.5 }));

function cardOf({ name, above, marks }: Label): Card {
  const width = above ? TOP : CARD;
  const texts = [...(above ? [above] : []), ...fitted(name, width - 10, MOST_LINES)];
  const below = PAD + texts.length * LINE;
  const mark = (_: unknown, at: number): Point => {
    const inRow = Math.min(MARKS_A_ROW, marks - at + (at % MARKS_A_ROW));
    return { x: width / 2 + ((at % MARKS_A_ROW) - (inRow - 1) / 2) * MARK, y: below + (Math.floor(at / MARKS_A_ROW) + 0.6) * MARK };
  };
  return { x: (WIDTH - width) / 2, y: EDGE, width, height: below + Math.ceil(marks / MARKS_A_ROW) * MARK + PAD, lines: linesOf(texts, width / 2, PAD), marks: Array.from({ length: marks }, mark) };
}

/** A name in so many lines. What is cut has an ellipsis, and keeps the letters that people know it by. */
export function fitted(name: string, width: number, most: number): string[] {
  const whole = wrapped(name, width);
  if (whole.length <= most) return whole;
  const letters = name.match(/ \([A-Z][\w-]{1,7}\)/)?.[0] ?? '';
  const words = name.split(/, | \(/)[0]!.split(' ');
  for (let count = words.length; count > 0; count -= 1) {
    const lines = wrapped(words.slice(0, count).join(' ') + '…' + letters, width);
    if (lines.length <= most) return lines;
  }
  return [...whole.slice(0, most - 1), `${whole[most - 1]!.slice(0, -2)}…`];
}

/** Broken between words, and inside a word that is longer than a line. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (let word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer) <= width) {
      lines[lines.length - 1] = longer;
      continue;
    }
    while (widthOf(word) > width) {
      let end = Math.max(1, word.length - 3);
      while (end > 1 && widthOf(`${word.slice(0, end)}-`) > width) end -= 1;
      lines.push(`${word.slice(0, end)}-`);
      word = word.slice(end);
    }
    lines.push(word);
  }
  return lines;
}

/** As wide as the text can be in the usual fonts. */
export function widthOf(text: string): number {
  let letters = 0;
  for (const letter of text) letters += /\p{Cf}/u.test(letter) ? 0 : /[ijltfrI '’.,:;|!()-]/.test(letter) ? 0.42 : /[mwMW@%…]/.test(letter) ? 0.98 : /\p{Lu}/u.test(letter) ? 0.76 : 0.62;
  return letters * TEXT;
}
