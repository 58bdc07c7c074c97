// The error summary over a form: what to put right, with a link to the control.

import { type TemplateResult, html, nothing } from 'lit';
import { heading } from './heading.ts';
import type { View } from '../view.ts';

export const MISTAKE = 'mistake';

export function mistakeSummary(view: View): TemplateResult | typeof nothing {
  const { mistake, words, level } = view;
  if (!mistake) return nothing;
  return html`<div class="mistake-summary" data-mistake tabindex="-1" role="group" aria-labelledby="mistake-title">
    ${heading(level + 1, words.problem.title, { id: 'mistake-title' })}
    <p><a href=${`#${mistake.at}`} @click=${focusControl}>${mistake.message}</a></p>
  </div>`;
}

/** The message beside the control, named by it through `aria-describedby`. */
export function mistakeLine(view: View): TemplateResult | typeof nothing {
  return view.mistake ? html`<p class="mistake" id=${MISTAKE}>${view.mistake.message}</p>` : nothing;
}

/** The address of a link cannot reach into a shadow root, so the focus is moved by hand. */
function focusControl(event: Event): void {
  event.preventDefault();
  const link = event.currentTarget as HTMLAnchorElement;
  const name = link.getAttribute('href')!.slice(1);
  (link.getRootNode() as ShadowRoot).querySelector<HTMLElement>(`[name="${name}"]:not([hidden] *)`)?.focus();
}
