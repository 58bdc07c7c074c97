// The first page: what the family gets, about how long it takes, and that answers stay here. The words
// on it stay under 90.

import { type TemplateResult, html, nothing } from 'lit';
import { title } from '../parts/heading.ts';
import { message } from '../parts/message.ts';
import type { View } from '../view.ts';
import { savedEarlier } from './save.ts';

/** Half a minute a question, from watching people answer; at least one. */
const minutes = (questions: number): number => Math.max(1, Math.round(questions / 2));

export function startPage(view: View): TemplateResult {
  const { words, visit } = view;
  const questions = visit.result.remaining.at_most;
  const begin = () => {
    visit.show('who');
    view.moved();
  };
  return html`${title(view.level, words.start.title)} ${view.device.saved ? savedEarlier(view) : nothing}
    <p class="promise">${words.start.promise}</p>
    <p>${words.start.length(questions, minutes(questions))}</p>
    <p class="privacy">${words.start.privacy}${view.shared ? html`<br />${words.start.shared}` : nothing}</p>
    <button type="button" class="main" part="button" @click=${begin}>${words.start.begin}</button>
    ${message(view)}`;
}
