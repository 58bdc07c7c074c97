// The care map: who is around a child, what each does, and who does the same. The programs come from the result, the
// people from the family. No markup.

import type { Program, Result } from '../engine/contract.ts';
import type { Words } from '../locale/locale.ts';
import type { Person } from './family.ts';
import { bestDecision, grouped, programOf } from './groups.ts';

/** The work that only one should do. */
export const SETS_UP_CARE = 'care_coordination';

export interface Someone {
  name: string;
  /** How they stand to the child, in words; the first is short. */
  standing: string[];
  /** What they do: ids of `words.map.works`; work of programs alone goes by its name. */
  does: string[];
  /** Whether they do it today; else they could. */
  now: boolean;
  /** Whether they lead, or, where nobody does, are to be called first. */
  first: boolean;
  program: Program | null;
  person: Person | null;
}

/** Work that several do, or could do. */
export interface Same {
  work: string;
  who: Someone[];
  now: boolean;
}

/** Who is first, then who is there today, then who could be. */
export function around(result: Result, people: Person[], words: Words): Someone[] {
  const { lead, duplicates } = result;
  const { has, match, open, alongside } = grouped(result);
  const first = programOf(result, lead.program ?? lead.contact_first);
  const matters = (program: Program | null): program is Program => program !== null && !duplicates.some((each) => each.kind === 'not_needed' && each.program === program.id);
  const beside = alongside.filter((program) => program.kind === 'program' && program.in_force && (program.receiving === 'yes' || bestDecision(program) !== 'ineligible'));
  const programs = [...new Set([first, ...has, ...match, ...beside, ...open].filter(matters))].map((program) => ofProgram(program, program === first, result, words));
  const there = (someone: Someone) => someone.first || someone.now;
  return [...programs.filter(there), ...people.map((person) => ofPerson(person, words)), ...programs.filter((program) => !there(program))];
}

/** Setting up care stands first. */
export function same(all: Someone[]): Same[] {
  return [...new Set([SETS_UP_CARE, ...all.flatMap(({ does }) => does)])]
    .map((work) => {
      const who = all.filter(({ does }) => does.includes(work));
      return { work, who, now: who.every(({ now }) => now) };
    })
    .filter(({ who }) => who.length > 1);
}

export function workName(work: string, { map }: Words): string {
  return work === SETS_UP_CARE ? map.settingUp : ((map.works as Record<string, string>)[work] ?? work);
}

function ofPerson(person: Person, { map }: Words): Someone {
  const role = (map.roles as Record<string, string>)[person.role] ?? person.role;
  const name = person.name && person.role !== 'other' ? `${role}: ${person.name}` : person.name || role;
  return { name, standing: [], does: person.does, now: true, first: false, program: null, person };
}

function ofProgram(program: Program, first: boolean, { lead }: Result, words: Words): Someone {
  const { map, results } = words;
  const now = program.receiving === 'yes';
  const fits = { eligible: results.match, review: results.state.agency_decides, undetermined: map.mayMatch, ineligible: results.no };
  const standing = program.kind === 'contact' ? [] : [now ? results.has : fits[bestDecision(program)]];
  if (first) standing.unshift(lead.program === null ? map.callFirst : now ? map.leads : map.couldLead);
  return { name: program.name, standing, does: worksOf(program, words), now, first, program, person: null };
}

/** A result says in words what a program offers. Where only a part of it fits, it is that part's. */
function worksOf(program: Program, words: Words): string[] {
  const whole = program.receiving === 'yes' || program.decision !== 'ineligible';
  const parts = program.benefits.filter(({ decision }) => decision !== 'ineligible');
  const said = [...(whole ? program.offers : []), ...parts.flatMap(({ offers }) => offers)];
  const ids = Object.entries(words.map.works);
  return [...new Set(said.map((text) => ids.find(([, name]) => name === text)?.[0] ?? text))];
}
