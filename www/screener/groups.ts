// The groups of a result, by what a family can do with each.

import type { Decision, Program, Result } from '../engine/contract.ts';

export interface Groups {
  /** Received now, whatever the rules say of it today. */
  has: Program[];
  /** Looks like a match. */
  match: Program[];
  /** May match: a fact is missing. */
  open: Program[];
  /** No tool can tell; the agency decides. */
  review: Program[];
  /** Does not match today. */
  no: Program[];
  /** Help that goes along with the lead; shown by itself, not among the matches. */
  alongside: Program[];
}

export function grouped(result: Result): Groups {
  const groups: Groups = { has: [], match: [], open: [], review: [], no: [], alongside: [] };
  for (const program of result.programs) {
    if (result.alongside.includes(program.id)) groups.alongside.push(program);
    else if (program.kind === 'program') groups[groupOf(program)].push(program);
  }
  return groups;
}

function groupOf(program: Program): keyof Groups {
  if (!program.in_force) return 'no';
  if (program.receiving === 'yes') return 'has';
  switch (bestDecision(program)) {
    case 'eligible':
      return 'match';
    case 'review':
      return 'review';
    case 'undetermined':
      return 'open';
    case 'ineligible':
      return 'no';
  }
}

/** Where the program's coordination does not fit, a part of it still may. */
export function bestDecision({ decision, benefits }: Program): Decision {
  if (decision !== 'ineligible') return decision;
  return (['eligible', 'undetermined', 'review'] as const).find((best) => benefits.some((benefit) => benefit.decision === best)) ?? decision;
}

/** A no that rests on less than an official, current source is not a certain no. */
export function certainNo(program: Program): boolean {
  return program.basis === 'official';
}

export function programOf(result: Result, id: string | null): Program | null {
  return result.programs.find((program) => program.id === id) ?? null;
}
