// The page of a visit that is to be shown.

import type { TemplateResult } from 'lit';
import type { View } from '../view.ts';
import { anotherPage } from './another.ts';
import { checkPage } from './check.ts';
import { conflictPage } from './conflict.ts';
import { leavePage, leftPage } from './leave.ts';
import { mapPage } from './map.ts';
import { planPage } from './plan.ts';
import { questionPage } from './question.ts';
import { knownPage, resultsPage } from './results.ts';
import { savePage } from './save.ts';
import { sharePage } from './share.ts';
import { startPage } from './start.ts';
import { whoPage } from './who.ts';

export function page(view: View): TemplateResult {
  const shown = view.visit.page;
  switch (shown.name) {
    case 'start':
      return startPage(view);
    case 'who':
      return whoPage(view);
    case 'question':
      return questionPage(view, view.visit.step(shown.key)!);
    case 'conflict':
      return conflictPage(view, shown.facts);
    case 'known':
      return knownPage(view);
    case 'check':
      return checkPage(view);
    case 'results':
      return resultsPage(view);
    case 'map':
      return mapPage(view);
    case 'plan':
      return planPage(view);
    case 'another':
      return anotherPage(view);
    case 'share':
      return sharePage(view);
    case 'save':
      return savePage(view);
    case 'leave':
      return leavePage(view);
    case 'left':
      return leftPage(view);
  }
}
