// Leave and clear: asked once, since it cannot be undone, and then really gone.

import { type TemplateResult, html, nothing } from 'lit';
import { title } from '../parts/heading.ts';
import type { View } from '../view.ts';

export function leavePage(view: View): TemplateResult {
  const { words, visit, family, device } = view;
  const clear = () => {
    device.forget(true);
    family.clear();
    view.moved();
  };
  return html`${title(view.level, words.leave.title)}
    <p>${words.leave.hint} ${device.saved ? words.save.leave : nothing}</p>
    <button type="button" class="main" part="button" @click=${clear}>${words.leave.yes}</button>
    <button type="button" class="quiet" @click=${() => visit.back()}>${words.leave.no}</button>`;
}

export function leftPage(view: View): TemplateResult {
  const { words, visit } = view;
  const again = () => {
    visit.show('who');
    view.moved();
  };
  return html`${title(view.level, words.leave.left)}
    <p>${words.leave.leftHint}</p>
    <button type="button" class="main" part="button" @click=${again}>${words.leave.again}</button>`;
}
