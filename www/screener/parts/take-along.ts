// What a family can do with what was found: each a button of its own.

import { type TemplateResult, html } from 'lit';
import { heading } from './heading.ts';
import type { View } from '../view.ts';

export function takeAlong(view: View): TemplateResult {
  const { words, level, visit } = view;
  const to = (name: Parameters<typeof visit.show>[0]) => () => {
    visit.show(name);
    view.moved();
  };
  return html`<section class="take-along">
    ${heading(level + 1, words.takeAlong.title)}
    <ul class="actions">
      <li><button type="button" class="quiet" @click=${to('map')}>${words.map.title}</button></li>
      <li><button type="button" class="quiet" @click=${to('plan')}>${words.plan.title}</button></li>
      <li><button type="button" class="quiet" @click=${() => print()}>${words.takeAlong.print}</button></li>
      <li><button type="button" class="quiet" @click=${to('check')}>${words.takeAlong.changeAnswers}</button></li>
    </ul>
  </section>`;
}
