// The reasons for one program, as a tree that mirrors its criteria. What a source leaves out says so in its
// own text; the others have their state beside them in words.

import { type TemplateResult, html, nothing } from 'lit';
import type { Why } from '../../engine/contract.ts';
import type { Words } from '../../locale/locale.ts';
import { mark } from './mark.ts';

export function whyTree(why: Why, words: Words): TemplateResult {
  return html`<ul class="why">
    ${branch(why, words)}
  </ul>`;
}

function branch(why: Why, words: Words): TemplateResult {
  const parts = why.parts ?? [];
  return html`<li class="why-${why.state}">
    <span class="why-line">
      ${mark(why.state)}
      <span>
        <span class="why-text">${why.text}</span>
        ${why.state === 'not_stated' ? nothing : html`<span class="why-state">${words.results.state[why.state]}</span>`}
        ${why.answer ? html`<span class="why-answer">${words.results.youSaid(why.answer)}</span>` : nothing}
      </span>
    </span>
    ${parts.length > 0
      ? html`<ul>
          ${parts.map((part) => branch(part, words))}
        </ul>`
      : nothing}
  </li>`;
}
