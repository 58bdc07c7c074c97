// The parts of a program that have tests of their own: whether each fits, who pays for it, and what it still hangs on.

import { type TemplateResult, html, nothing } from 'lit';
import type { Benefit, Program } from '../../engine/contract.ts';
import type { View } from '../view.ts';
import { capital } from './changes.ts';
import { benefitMoney } from './money.ts';
import { neededLine } from './needed.ts';

export function benefits(view: View, program: Program): TemplateResult | typeof nothing {
  if (program.benefits.length === 0) return nothing;
  // What the program as a whole, or a part before this one, still needs is asked for above.
  const asked = new Set(program.missing);
  const parts = program.benefits.map((benefit) => {
    const missing = benefit.missing.filter((fact) => !asked.has(fact));
    missing.forEach((fact) => asked.add(fact));
    return html`<li>${part(view, benefit, missing)}</li>`;
  });
  return html`<p class="label">${view.words.results.parts}</p>
    <ul class="parts">
      ${parts}
    </ul>`;
}

function part(view: View, benefit: Benefit, missing: string[]): TemplateResult {
  const { words } = view;
  const by = benefit.review.map((review) => html`<p>${review.by ? html`<strong>${capital(review.by)}:</strong> ` : nothing}${review.because}</p>`);
  return html`<p><strong>${benefit.name}</strong><br />${words.results.part[benefit.decision]}</p>
    ${by} ${neededLine(view, missing)} ${benefit.decision === 'ineligible' ? nothing : benefitMoney(benefit, words)}`;
}
