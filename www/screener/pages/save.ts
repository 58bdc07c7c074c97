// Save on this device: what is kept, until when, and who could see it, before anything is; and a way to delete it.

import { type TemplateResult, html, nothing } from 'lit';
import { writtenDate } from '../../locale/locale.ts';
import { title } from '../parts/heading.ts';
import { message } from '../parts/message.ts';
import type { View } from '../view.ts';

export function savePage(view: View): TemplateResult {
  const { allowed, ours } = view.device;
  return html`${allowed ? (ours ? kept(view) : offer(view)) : denied(view)} ${message(view)}`;
}

function offer(view: View): TemplateResult {
  const { words: { save }, language, level, family, device, visit } = view;
  const keep = () => {
    if (device.save(family.kept)) view.moved();
    else view.refresh({ message: save.denied });
  };
  return html`${title(level, save.title)}
    <ul>
      <li>${save.what}</li>
      <li>${save.others} ${view.guest ? save.website : ''}</li>
      <li>${save.until(writtenDate(device.until, language))} ${save.sooner}</li>
    </ul>
    ${device.saved ? html`<p>${save.replaces(writtenDate(device.saved.on, language))}</p>
          ${deleteButton(view)}` : nothing}
    <button type="button" class="main" part="button" @click=${keep}>${save.yes}</button>
    <button type="button" class="quiet" @click=${() => visit.back()}>${save.no}</button>`;
}

function kept(view: View): TemplateResult {
  const { words: { save }, language, level, device } = view;
  return html`${title(level, save.saved)}
    <p>${save.follows}</p>
    <p>${save.until(writtenDate(device.saved!.until, language))} ${save.sooner}</p>
    ${deleteButton(view)}`;
}

function denied(view: View): TemplateResult {
  const { words, level, visit } = view;
  const to = (page: 'results' | 'share') => {
    visit.show(page);
    view.moved();
  };
  const onPaper = () => {
    to('results');
    requestAnimationFrame(() => print());
  };
  return html`${title(level, words.save.title)}
    <p>${words.save.denied}</p>
    <ul class="actions">
      <li><button type="button" class="quiet" @click=${onPaper}>${words.takeAlong.print}</button></li>
      <li><button type="button" class="quiet" @click=${() => to('share')}>${words.share.open}</button></li>
    </ul>`;
}

/** On the start page: what an earlier visit left. */
export function savedEarlier(view: View): TemplateResult {
  const { words: { save }, language, device } = view;
  const { on, until } = device.saved!;
  return html`<div class="saved">
    <p>${save.found(writtenDate(on, language))} ${save.until(writtenDate(until, language))}</p>
    <button type="button" class="main" part="button" @click=${() => view.takeUp()}>${save.goOn}</button>
    ${deleteButton(view)}
  </div>`;
}

function deleteButton(view: View): TemplateResult {
  const remove = () => {
    view.device.forget();
    view.moved();
    view.refresh({ message: view.words.save.deleted });
  };
  return html`<button type="button" class="quiet" @click=${remove}>${view.words.save.remove}</button>`;
}
