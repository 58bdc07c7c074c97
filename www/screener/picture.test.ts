// The picture of a care map: nothing stands on anything else, and no text leaves its card.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Card, type Label, type Picture, TEXT, WIDTH, fitted, picture, tied, widthOf } from './picture.ts';

const NAMES = [
  'Care Management for At-Risk Children (CMARC)',
  'School',
  'Office for Children with Special Health Care Needs (OCSHCN), oficina para niños con necesidades especiales de salud',
  'Doctor or nurse: Dr. Wilhelmina Montgomery-Sm',
  'Centro de Desarrollo y Rehabilitación Infantil (CDRC) de OHSU Doernbecher',
  'Therapist',
  'CaCoon, care coordination by public health nurses',
  'Someoneverylongwithoutanyspace',
  'Special Needs Children of HealthChoice Illinois (Medicaid health plans)',
  'Tailored Care Management, administración de atención a la medida',
  'Equipo o materiales médicos: MMMMMMMMMMMMMMMMMMMMMMMMMMMMMM',
  'Grandma',
];

const labels = (count: number, above: string): Label[] => NAMES.slice(0, count).map((name, at) => ({ name, above: at === 0 ? above : '', marks: (at * 5) % 7 }));

const apart = (a: Card, b: Card) => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

function assertInside({ width, height, lines, marks }: Card, what: string) {
  for (const { text, x, y } of lines) {
    assert.ok(x - widthOf(text) / 2 >= 0 && x + widthOf(text) / 2 <= width, `${what}: ${text} is as wide as its card`);
    assert.ok(y - TEXT >= 0 && y <= height, `${what}: ${text} is as high as its card`);
  }
  marks.forEach((mark, at) => {
    assert.ok(mark.x >= 12 && mark.x <= width - 12 && mark.y + 12 <= height, `${what}: mark ${at}`);
    assert.ok(lines.every(({ y }) => mark.y - 11 >= y), `${what}: mark ${at} stands below the text`);
    for (const other of marks.slice(at + 1)) assert.ok(Math.abs(mark.x - other.x) >= 24 || Math.abs(mark.y - other.y) >= 24, `${what}: marks apart`);
  });
}

function assertSound({ height, child, cards }: Picture, what: string) {
  cards.forEach((card, at) => {
    assert.ok(card.x >= 0 && card.x + card.width <= WIDTH && card.y >= 0 && card.y + card.height <= height, `${what}: card ${at} is in the picture`);
    for (const other of cards.slice(at + 1)) assert.ok(apart(card, other), `${what}: card ${at} stands alone`);
    const near = { x: Math.min(Math.max(child.x, card.x), card.x + card.width), y: Math.min(Math.max(child.y, card.y), card.y + card.height) };
    assert.ok(Math.hypot(near.x - child.x, near.y - child.y) > child.radius + 3, `${what}: card ${at} leaves the child room`);
    assertInside(card, `${what}: card ${at}`);
  });
  assert.ok(child.y - child.radius >= 0 && child.y + child.radius <= height, `${what}: the child`);
}

for (const above of ['Leads', '']) {
  test(`from none to twelve around the child, ${above ? 'the first on top' : 'nobody on top'}`, () => {
    for (let count = 0; count <= 12; count += 1) assertSound(picture('Your child', labels(count, above)), `${count}`);
  });
}

test('a line ends at the side of the card that is nearer to the child', () => {
  const { child, cards } = picture('You', labels(3, 'Leads'));
  const [top, left, right] = cards.map(tied);
  assert.equal(top!.x, child.x);
  assert.equal(left!.x, cards[1]!.x + cards[1]!.width);
  assert.equal(right!.x, cards[2]!.x);
});

test('a long name is cut with an ellipsis and keeps its letters; a short one stays whole', () => {
  const text = (name: string, lines: number) => fitted(name, 104, lines).join(' ');
  assert.equal(text('Tailored Care Management', 4), 'Tailored Care Management');
  assert.equal(text('CaCoon, care coordination by public health nurses', 3), 'CaCoon…');
  assert.match(text(NAMES[2]!, 4), /^Office for .*… \(OCSHCN\)$/);
  assert.match(text('Someoneverylongwithoutanyspace', 1), /…$/);
  for (const name of NAMES) assert.ok(fitted(name, 104, 4).length <= 4, name);
});
