// The children of a family, and a way to each.

import { type TemplateResult, html, nothing } from 'lit';
import { heading } from './heading.ts';
import type { View } from '../view.ts';

export function children(view: View): TemplateResult | typeof nothing {
  const { words, level, family, visit } = view;
  if (family.by === 'self') return nothing; // they are the one
  const several = family.children.length > 1;
  const turn = (at: number) => () => {
    family.turnTo(at);
    view.moved();
  };
  const another = () => {
    visit.show('another');
    view.moved();
  };
  return html`<section class="children">
    ${heading(level + 1, several ? words.children.title : words.children.more)}
    ${several
      ? html`<ul>
          ${family.children.map(({ name }, at) => html`<li>${at === family.at ? html`<strong>${name}</strong> (${words.children.shown})` : html`<button type="button" class="quiet" @click=${turn(at)}>${words.children.turnTo(name)}</button>`}</li>`)}
        </ul>`
      : html`<p>${words.children.moreHint}</p>`}
    <button type="button" class="quiet" @click=${another}>${words.children.another}</button>
  </section>`;
}
