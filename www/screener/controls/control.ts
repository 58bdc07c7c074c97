// The control for a question, by its type.

import type { TemplateResult } from 'lit';
import type { Question } from '../../engine/contract.ts';
import { type Draft, asksByName, asksByRadios } from '../form.ts';
import type { View } from '../view.ts';
import { dateEntry, monthEntry, nameEntry, numberEntry } from './entry.ts';
import { radios } from './radios.ts';
import { codeChoices, setOfChoices } from './several.ts';

export function control(view: View, question: Question, draft: Draft): TemplateResult {
  if (asksByName(question)) return nameEntry(view, question, draft);
  if (asksByRadios(question)) return radios(view, question, draft);
  switch (question.type) {
    case 'number':
      return numberEntry(view, question, draft);
    case 'month':
      return monthEntry(view, question, draft);
    case 'date':
      return dateEntry(view, question, draft);
    case 'set':
      return setOfChoices(view, question, draft);
    default:
      return codeChoices(view, question, draft);
  }
}
