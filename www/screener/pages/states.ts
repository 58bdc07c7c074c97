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
  return html`${title(level, words.states.title)}
    <p class="hint">${words.states.hint}</p>
    <ul class="states">
      ${index.states.map(
        (entry) => html`<li><button type="button" class="option" part="option" @click=${() => choose(entry.state)}>${said(entry.name, language)}</button></li>`,
      )}
    </ul>
    <details>
      <summary>${words.states.none}</summary>
      ${contactLines(reach(national, language), words)}
      <p>${words.national}</p>
    </details>`;
}
