// How a question is answered with the controls that are there, whichever browser has the hand on them.

import assert from 'node:assert/strict';

export const UNSURE = 'unknown';

/** A list longer than this is opened, not laid out (`MOST_RADIOS` in www/screener/form.ts). */
const MOST_RADIOS = 12;

/**
 * What to do for this answer, one control after the other: `check` a box, `write` into a field, `choose` in a list; and what
 * the page should then write into the answers. `answer` is in the contract's shape; of `codes` it may also name conditions.
 */
export function answering(question, answer) {
  const { type, choices } = question;
  const check = (name, value) => ['check', `input[name="${name}"]${value ? `[value="${value}"]` : ''}`];
  const write = (name, text) => ['write', `input[name="${name}"]`, String(text)];
  const choose = (name, value) => ['choose', `select[name="${name}"]`, value];
  const place = (index) => `c${index}`;
  const listed = type === 'choice' && choices.length > MOST_RADIOS;
  const radios = !listed && (type === 'yes_no' || (['choice', 'range', 'number'].includes(type) && choices.some(({ id }) => id !== 'not_applicable')));
  if (answer === UNSURE) return { deeds: [radios ? check('answer', UNSURE) : check(UNSURE)], writes: UNSURE };
  switch (type) {
    case 'yes_no':
      return { deeds: [check('answer', answer)], writes: answer };
    case 'month':
    case 'date': {
      const [year, month, day] = answer.split('-');
      const deeds = [choose('month', String(Number(month))), write('year', year)];
      return type === 'month' ? { deeds, writes: `${year}-${month}` } : { deeds: [...deeds, write('day', day)], writes: answer };
    }
    case 'set': {
      const said = (id) => (Array.isArray(answer) ? (answer.includes(id) ? 'yes' : 'no') : (answer[id] ?? 'no'));
      const writes = Object.fromEntries(choices.map(({ id }) => [id, said(id)]));
      const which = (wanted) => choices.flatMap(({ id }, index) => (writes[id] === wanted ? [index] : []));
      const deeds = which('yes').map((index) => check('item', place(index)));
      if (which(UNSURE).length > 0) deeds.push(check(UNSURE));
      else if (deeds.length === 0) deeds.push(check('none'));
      return { deeds, writes };
    }
    case 'codes': {
      const names = answer.names ?? [];
      if (names.length === 0) return { deeds: [check('none')], writes: { known: [], complete: 'yes' } };
      const indexes = names.map((name) => (typeof name === 'number' ? name : choices.findIndex(({ label }) => label.includes(name))));
      indexes.forEach((index, at) => assert.ok(choices[index], `there is a condition ${names[at]}`));
      const complete = answer.complete ?? 'yes';
      // A long list is searched, as people do.
      const find = (index) => (choices.length > AT_A_GLANCE ? [['write', '#search', choices[index].label]] : []);
      return {
        deeds: [...indexes.flatMap((index) => [...find(index), check('item', place(index))]), check('complete', complete)],
        writes: { known: indexes.flatMap((index) => [choices[index].value ?? choices[index].id].flat()), complete },
      };
    }
    default: {
      if (type === 'number' && !radios) return { deeds: [write('number', answer)], writes: Number(String(answer).replace(/[$,]/g, '')) };
      const value = (choice) => JSON.stringify(choice.value ?? choice.id);
      const index = choices.findIndex((choice) => value(choice) === JSON.stringify(answer) || choice.id === String(answer) || choice.label === answer);
      assert.ok(index >= 0, `${question.fact} has a choice ${JSON.stringify(answer)}`);
      const { id, value: written } = choices[index];
      return { deeds: [listed ? choose('answer', place(index)) : check('answer', place(index))], writes: written ?? (type === 'number' ? Number(id) : id) };
    }
  }
}

/** A longer list of conditions can be searched (`AT_A_GLANCE` in www/screener/controls/several.ts). */
const AT_A_GLANCE = 8;
