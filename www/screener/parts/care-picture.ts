// The care map as a picture. Everything in it is said by the lists below it, so that here names may be shortened.

import { type SVGTemplateResult, type TemplateResult, html, nothing, svg } from 'lit';
import type { Same, Someone } from '../care-map.ts';
import { type Line, type Point, WIDTH, picture, tied } from '../picture.ts';
import type { View } from '../view.ts';

/** The same work has the same shape, number and line; around the middle. */
const SHAPES = ['M-10 0a10 10 0 1 0 20 0a10 10 0 1 0-20 0', 'M-9-9H9V9H-9Z', 'M0-12 12 0 0 12-12 0Z', 'M-6-10H6L12 0 6 10H-6L-12 0Z'];

const line = ({ text, x, y }: Line) => svg`<text x=${x} y=${y}>${text}</text>`;
const at = ({ x, y }: Point) => `translate(${x} ${y})`;
const tie = (mark: number | undefined, way: string) => svg`<path class="tie tie-${mark === undefined ? 'none' : mark % SHAPES.length}" d=${way} />`;
const shape = (mark: number, place: Point) => svg`<g class="shape" transform=${at(place)}><path d=${SHAPES[mark % SHAPES.length]} />${line({ text: String(mark + 1), x: 0, y: 4.5 })}</g>`;

/** A mark beside words, and, where the words are about it, a piece of its line. */
export function sameMark(mark: number, tied = false): TemplateResult {
  const width = tied ? 52 : 26;
  return html`<svg class="same-mark" viewBox="-13 -13 ${width} 26" width=${width} height="26" aria-hidden="true">${tied ? tie(mark, 'M10 0H39') : nothing}${shape(mark, { x: 0, y: 0 })}</svg>`;
}

export function carePicture({ words, family }: View, all: Someone[], shared: Same[]): TemplateResult {
  const marks = all.map((someone) => shared.flatMap(({ who }, mark) => (who.includes(someone) ? [mark] : [])));
  const labels = all.map(({ name, first, standing }, of) => ({ name, above: first ? standing[0]! : '', marks: marks[of]!.length }));
  const { height, child, cards } = picture(family.child.name || words.map.child, labels);
  return html`<svg class="care-picture" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label=${words.map.picture}>
    ${cards.map((card, of) => tie(marks[of]![0], `M${child.x} ${child.y}L${tied(card).x} ${tied(card).y}`))}
    <g class="child" transform=${at(child)}><circle r=${child.radius} />${child.lines.map(line)}</g>
    ${cards.map((card, of): SVGTemplateResult => {
      const { first, now, person } = all[of]!;
      return svg`<g class="someone ${first ? 'on-top' : ''} ${now ? '' : 'not-yet'}" transform=${at(card)}>
        <rect width=${card.width} height=${card.height} rx=${person ? 20 : 6} />${card.lines.map(line)}${card.marks.map((place, which) => shape(marks[of]![which]!, place))}
      </g>`;
    })}
  </svg>`;
}
