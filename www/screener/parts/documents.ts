// What to bring.

import { type TemplateResult, html, nothing } from 'lit';
import type { Program } from '../../engine/contract.ts';
import type { Words } from '../../locale/locale.ts';

export function documents(program: Program, words: Words): TemplateResult | typeof nothing {
  if (program.documents.length === 0) return nothing;
  return html`<p class="label">${words.results.bring}</p>
    <ul>
      ${program.documents.map((document) => html`<li>${document}</li>`)}
    </ul>`;
}
