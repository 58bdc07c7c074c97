// One answer of several: yes or no, a choice, a range, a small number.

import { type TemplateResult, html } from 'lit';
import type { Question } from '../../engine/contract.ts';
import { UNKNOWN } from '../answer.ts';
import { type Draft, choiceValue } from '../form.ts';
import type { View } from '../view.ts';
import { option, unsure } from './option.ts';

export function radios({ words }: View, question: Question, draft: Draft): TemplateResult {
  const answers =
    question.type === 'yes_no'
      ? [
          { value: 'yes', label: words.question.yes },
          { value: 'no', label: words.question.no },
        ]
      : question.choices.map((choice, index) => ({ value: choiceValue(index), label: choice.label }));
  return html`<div class="options">
    ${answers.map(({ value, label }) => option({ kind: 'radio', name: 'answer', value, label, checked: draft.choice === value }))}
    ${unsure(question, words, draft.choice === UNKNOWN, 'radio')}
  </div>`;
}
