// Which state: asked only where the page around the element does not say.

import { type TemplateResult, html } from 'lit';
import { type Language, type Words, said } from '../../locale/locale.ts';
import type { Index } from '../loading.ts';
import { NATIONAL } from '../loading.ts';
import { contactLines } from '../parts/contact.ts';
import { title } from '../parts/heading.ts';
import { reach } from '../view.ts';

export interface StateChoice {
  words: Words;
  language: Language;
  level: number;
  index: Index;
  choose(state: string): void;
}

export function statesPage({ words, language, level, index, choose }: StateChoice): TemplateResult {
  const national = index.national ?? NATIONAL;
  const named = index.states.map(({ state, name }) => ({ state, name: said(name, language) }));
  named.sort((a, b) => a.name.localeCompare(b.name, language));
  return html`${title(level, words.states.title)}
    <p class="hint">${words.states.hint}</p>
    <ul class="states">
      ${named.map(({ state, name }) => html`<li><button type="button" class="option" part="option" @click=${() => choose(state)}>${name}</button></li>`)}
    </ul>
    <details>
      <summary>${words.states.none}</summary>
      ${contactLines(reach(national, language), words)}
      <p>${words.national}</p>
    </details>`;
}
