// What a family can do with what was found: each a button of its own.

import { type TemplateResult, html, nothing } from 'lit';
import { calendarEvents, calendarFile } from '../calendar-file.ts';
import type { View } from '../view.ts';
import { heading } from './heading.ts';
import { message } from './message.ts';

export function takeAlong(view: View): TemplateResult {
  const { words, level, visit, family, device } = view;
  const to = (name: Parameters<typeof visit.show>[0]) => () => {
    visit.show(name);
    view.moved();
  };
  const dates = calendarEvents(visit.result, view, family.at, family.child.name);
  const download = () => {
    saveFile(calendarFile(dates, new Date()));
    view.refresh({ message: words.calendar.made(dates.length) });
  };
  return html`<section class="take-along">
    ${heading(level + 1, words.takeAlong.title)}
    <ul class="actions">
      <li><button type="button" class="quiet" @click=${to('map')}>${words.map.title}</button></li>
      <li><button type="button" class="quiet" @click=${to('plan')}>${words.plan.title}</button></li>
      <li><button type="button" class="quiet" @click=${() => print()}>${words.takeAlong.print}</button></li>
      <li><button type="button" class="quiet" @click=${to('share')}>${words.share.open}</button></li>
      ${dates.length > 0 ? html`<li><button type="button" class="quiet" @click=${download}>${words.calendar.open}</button></li>` : nothing}
      <li><button type="button" class="quiet" @click=${to('save')}>${device.ours ? words.save.manage : words.save.open}</button></li>
      <li><button type="button" class="quiet" @click=${to('check')}>${words.takeAlong.changeAnswers}</button></li>
    </ul>
    ${message(view)}
  </section>`;
}

/** Made here, and handed to the browser as a download: nothing is requested. */
function saveFile(text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }));
  link.download = 'carepath.ics';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // a browser may ask first where to put it
}
