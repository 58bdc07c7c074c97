// Whom to call: name, phone, hours, website, and whether to check the number first.

import { type TemplateResult, html, nothing } from 'lit';
import type { Words } from '../../locale/locale.ts';
import type { Reach } from '../view.ts';

export function contactLines(contact: Reach, words: Words, named = true): TemplateResult {
  return html`<div class="contact">
    ${named && contact.name ? html`<p class="contact-name">${contact.name}</p>` : nothing}
    ${contact.phone ? html`<p>${phoneLink(contact.phone, words)}</p>` : nothing}
    ${contact.hours ? html`<p><span class="label">${words.hours}:</span> ${contact.hours}</p>` : nothing}
    ${contact.url ? html`<p>${webLink(contact.url, words)}</p>` : nothing}
    ${contact.confirm && (contact.phone || contact.url) ? html`<p class="confirm">${words.confirm}</p>` : nothing}
  </div>`;
}

/** The same in a line or two, where the page has said already what it means that a number is not checked. */
export function contactLine(contact: Reach, words: Words, named = true): TemplateResult {
  const { name, phone, hours, url, confirm } = contact;
  return html`<div class="contact">
    ${named && name ? html`<p>${name}</p>` : nothing}
    ${phone ? html`<p>${phoneLink(phone, words)} ${confirm ? html`<span class="confirm">${words.confirmShort}</span>` : nothing}</p>` : nothing}
    ${hours ? html`<p><span class="label">${words.hours}:</span> ${hours}</p>` : nothing}
    ${url ? html`<p>${webLink(url, words)}</p>` : nothing}
  </div>`;
}

export function phoneLink(phone: string, words: Words): TemplateResult {
  return html`<a class="phone" href=${`tel:${dialed(phone)}`}><span class="hidden">${words.call} </span>${leftToRight(phone)}</a>`;
}

/** Shown as the family would type it; opens beside this page, so that no answer is lost. */
export function webLink(url: string, words: Words, text?: string): TemplateResult {
  const shown = text ?? leftToRight(url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, ''));
  if (!/^https?:\/\//.test(url)) return html`${shown}`;
  return html`<a class="web" href=${url} target="_blank" rel="noopener noreferrer">${shown}<span class="hidden"> (${words.hidden.opensElsewhere})</span></a>`;
}

/** The first number of the text: an extension or a TTY line behind it cannot be dialed along. */
function dialed(phone: string): string {
  const [number = ''] = phone.match(/\+?[\d(][\d\s().-]{1,18}\d/) ?? [];
  return number.replace(/[^\d+]/g, '');
}

/** Numbers and addresses are read so in every language. */
const leftToRight = (text: string): TemplateResult => html`<bdi dir="ltr">${text}</bdi>`;
