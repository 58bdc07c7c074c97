// Finding a condition by the words a family has for it: accents, case and a slip of the finger aside.

import type { Choice } from '../engine/contract.ts';

/** Places of the choices that fit, best first; all of them for an empty search. */
export function find(choices: Choice[], search: string): number[] {
  const wanted = words(search);
  if (wanted.length === 0) return choices.map((_, index) => index);
  return choices
    .map((choice, index) => ({ index, score: score(wanted, words([choice.label, ...(choice.words ?? [])].join(' '))) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.index - other.index)
    .map(({ index }) => index);
}

/** Every word searched for must be met by some word; a whole word counts more than its start, and that more than a misspelling. */
function score(wanted: string[], offered: string[]): number {
  let sum = 0;
  for (const want of wanted) {
    const best = Math.max(0, ...offered.map((offer) => closeness(want, offer)));
    if (best === 0) return 0;
    sum += best;
  }
  return sum;
}

function closeness(want: string, offer: string): number {
  if (want === offer) return 4;
  if (offer.startsWith(want)) return 3;
  if (want.length >= 4 && offer.includes(want)) return 2;
  const slips = want.length >= 8 ? 2 : want.length >= 4 ? 1 : 0;
  // The start of a longer word may be misspelled too, while it is still being typed.
  return slips > 0 && (distance(want, offer) <= slips || distance(want, offer.slice(0, want.length)) <= slips) ? 1 : 0;
}

function words(text: string): string[] {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Insertions, deletions, replacements and swaps of neighbors between two words. */
export function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const equal = one[i - 1] === other[j - 1];
      let least = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (equal ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[other.length]!;
}
