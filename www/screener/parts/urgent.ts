// Help in an emergency: the numbers that everybody in the country can call, on every page.

import { type TemplateResult, html } from 'lit';
import type { Words } from '../../locale/locale.ts';
import { phoneLink } from './contact.ts';

export function urgent(words: Words): TemplateResult {
  const { title, danger, crisis, text, local } = words.urgent;
  return html`<ul class="urgent" aria-label=${title}>
    <li>${danger} ${phoneLink('911', words)}</li>
    <li>${local} ${phoneLink('211', words)}</li>
    <li>${crisis} ${phoneLink('988', words)} <a class="phone" href="sms:988">${text}</a></li>
  </ul>`;
}
