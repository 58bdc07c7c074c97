// One large answer: a native radio or checkbox in a label that can be hit anywhere.

import { type TemplateResult, html, nothing } from 'lit';
import type { Question } from '../../engine/contract.ts';
import type { Words } from '../../locale/locale.ts';
import { UNKNOWN } from '../answer.ts';

interface Option {
  kind: 'radio' | 'checkbox';
  name: string;
  value: string;
  checked: boolean;
  label: unknown;
  hidden?: boolean;
  describedBy?: string;
}

export function option({ kind, name, value, checked, label, hidden = false, describedBy }: Option): TemplateResult {
  return html`<label class="option" part="option" ?hidden=${hidden}>
    <input type=${kind} name=${name} value=${value} .checked=${checked} aria-describedby=${describedBy ?? nothing} />
    <span>${label}</span>
  </label>`;
}

/** *I'm not sure*: a real answer, never a no; it says how to find out. */
export function unsure(question: Question, words: Words, checked: boolean, kind: Option['kind'] = 'checkbox', label: unknown = words.question.unsure): TemplateResult {
  const findOut = question.find_out;
  return html`<div class="unsure">
    ${option({ kind, name: kind === 'radio' ? 'answer' : UNKNOWN, value: UNKNOWN, checked, label, ...(findOut ? { describedBy: 'find-out' } : {}) })}
    ${findOut ? html`<p class="find-out" id="find-out"><span class="label">${words.question.findOut}</span> ${findOut}</p>` : nothing}
  </div>`;
}
