// Who sets up the care, who pays for what, and what it costs: said of every program that is shown.

import { type TemplateResult, html } from 'lit';
import type { Program } from '../../engine/contract.ts';
import type { Words } from '../../locale/locale.ts';

export function moneyList(program: Program, words: Words): TemplateResult {
  const { results } = words;
  const pays = payers(program);
  return html`<dl class="money">
    <div><dt>${results.whoLeads}</dt><dd>${program.coordinator ?? results.notStated}</dd></div>
    <div><dt>${results.whoPays}</dt>${(pays.length > 0 ? pays : [results.notStated]).map((line) => html`<dd>${line}</dd>`)}</div>
    <div><dt>${results.cost}</dt><dd>${results.costs[program.cost_to_family]}</dd></div>
  </dl>`;
}

/** This child's payer where it is decided, and otherwise all there are. */
function payers(program: Program): string[] {
  const all = program.financing ?? [];
  const ours = all.filter((each) => each.payer === program.payer);
  if (program.payer && ours.length === 0) return [program.payer];
  return (ours.length > 0 ? ours : all).map(({ payer, pays_for, mechanism }) => `${payer}${pays_for ? `: ${pays_for}` : ''}${mechanism ? ` (${mechanism})` : ''}`);
}
