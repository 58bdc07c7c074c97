// What may change a result: what would make a program fit, dates that matter, and how long a lead goes on. In the
// words of the engine's result, which is compared; said whole for one child each, so that we see what a family reads.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { answerAll, begin, chooseState, openAndWait, sectionOf, seeResults } from './family.mjs';
import { assertAccessible, assertLargeTargets, assertNoWiderThan, openFolds } from './looking.mjs';
import { AS_OF, copyOfRules, openPage, start } from './product.mjs';

/** The rules, but that one program is for the members of another plan: then two things can be missing. */
function withTwoSteps() {
  const rules = copyOfRules();
  const file = join(rules.folder, 'ma', 'ma.care');
  const text = readFileSync(file, 'utf8');
  const planted = text.replace(/enrolled in pediatric_aco(?=\s+cites)/, 'enrolled in aco');
  assert.notEqual(planted, text);
  writeFileSync(file, planted);
  return rules;
}

const { browser, server, engines } = await start(['AR', 'MA'], withTwoSteps());

const CHILDREN = {
  /** 17 years old, refused by Medicaid. */
  refused: { state: 'AR', birth_month: '2009-03', medicaid: 'no', medicaid_eligible: 'no', diagnosis: { names: [0] }, assessment_tier: 'tier_1', behavioral_health_need: 'yes', enrolled: [] },
  /** 17 years old, with Medicaid, in no program. */
  seventeen: { state: 'AR', birth_month: '2008-11', medicaid: 'yes', diagnosis: { names: [0] }, behavioral_health_need: 'no', developmental_disability: 'no', enrolled: [] },
  /** 22 years old, and still in a program for children under 21. */
  twentyTwo: { state: 'AR', birth_month: '2004-03', medicaid: 'yes', diagnosis: { names: [0] }, behavioral_health_need: 'no', developmental_disability: 'no', enrolled: ['cchcp'] },
  /** 17 years old, in no plan and without MassHealth. */
  uncovered: { state: 'MA', birth_month: '2008-11', medicaid: 'no', enrolled: [], special_health_care_need: 'yes', complex_coordination_need: 'no' },
  /** 17 years old, with MassHealth, in no plan. */
  covered: { state: 'MA', birth_month: '2008-11', medicaid: 'yes', enrolled: [], special_health_care_need: 'yes', complex_coordination_need: 'yes' },
};

/** A family's way to the results, every fold open; returns the page and the engine's result. */
async function family({ state, ...answers }, lang = 'en', options = {}) {
  const opened = await openPage(browser, options);
  const { page } = opened;
  const engine = engines[state];
  await openAndWait(page, server.address);
  if (lang === 'es') await page.getByRole('button', { name: 'Español' }).click();
  await chooseState(page, engine);
  await begin(page);
  const given = await answerAll(page, engine, answers, { lang });
  await seeResults(page);
  await openFolds(page);
  return { ...opened, given, result: engine.screen(given, AS_OF, lang), questions: engine.questions(lang) };
}

const entry = (result, id) => result.programs.find((program) => program.id === id);

const card = (page, { name }) => page.locator('care-pathway-screener article.card', { has: page.getByRole('heading', { name, exact: true }) });

/** The entries of a list in a program's card; none where there is no such list. */
const list = (page, program, name) => card(page, program).locator(`.${name} > li`).allInnerTexts();

const WAYS = {
  en: {
    passe: 'Can get Medicaid (you can apply)',
    also: 'This would also depend on: ',
    pediatric_aco: 'Has MassHealth (you can apply) and is in Another MassHealth plan that is an ACO (ask how to join)',
  },
  es: {
    passe: 'Puede tener Medicaid (puede hacer la solicitud)',
    also: 'Esto depende también de: ',
    pediatric_aco: 'Tiene MassHealth (puede hacer la solicitud) y está en Otro plan de MassHealth que es una ACO (pregunte cómo entrar)',
  },
};

for (const [lang, said] of Object.entries(WAYS)) {
  test(`Medicaid was refused: each program says what would change it, and on what it would hang besides: ${lang}`, async () => {
    const { page, result, questions, close } = await family(CHILDREN.refused, lang);
    assert.equal(result.lead.status, 'fallback');
    for (const id of ['passe', 'cchcp']) {
      const program = entry(result, id);
      assert.ok(program.would_change.length > 0, id);
      const shown = await list(page, program, 'ways');
      assert.equal(shown.length, program.would_change.length);
      for (const [index, line] of shown.entries()) {
        for (const { text } of program.would_change[index]) assert.ok(line.toLowerCase().includes(text.toLowerCase()), `${line}: ${text}`);
        for (const fact of program.would_also_need[index]) assert.ok(line.includes(questions[fact].name), `${line}: ${fact}`);
      }
    }
    const [first] = await list(page, entry(result, 'passe'), 'ways');
    assert.ok(first.startsWith(said.passe), first);
    assert.ok(first.includes(said.also), first);
    await close();
  });

  test(`two things would have to change at once: one sentence: ${lang}`, async () => {
    const { page, result, close } = await family(CHILDREN.uncovered, lang);
    const program = entry(result, 'pediatric_aco');
    assert.deepEqual(program.would_change.map((changes) => changes.length), [2]);
    assert.deepEqual(await list(page, program, 'ways'), [said.pediatric_aco]);
    await close();
  });
}

const DATES = {
  en: { seventeen: 'This ends between November 1 and November 30, 2029.', then: 'From then on, call first: ', ends: 'By the rules, this help ended in March 2025. Ask how long it goes on. After that, call: ' },
  es: { seventeen: 'Esto termina entre el 1 de noviembre y el 30 de noviembre de 2029.', then: 'Desde ese día, llame primero a: ', ends: 'Según las reglas, esta ayuda terminó en marzo de 2025. Pregunte hasta cuándo sigue. Después llame a: ' },
};

for (const [lang, said] of Object.entries(DATES)) {
  for (const [who, id] of [['seventeen', 'cchcp'], ['covered', 'cares']]) {
    test(`17 years old: the month in which help ends by age, and whom to call then: ${CHILDREN[who].state}, ${lang}`, async () => {
      const { page, result, close } = await family(CHILDREN[who], lang);
      const program = entry(result, id);
      assert.deepEqual(program.changes.map(({ what, on, by }) => [what, on, by]), [['ends', '2029-11-01', '2029-11-30']]);
      const { then } = program.changes[0];
      // Whom one calls first already is not said again.
      const news = then === result.lead.contact_first ? '' : ` ${said.then}${entry(result, then).name}.`;
      assert.equal(news === '', who === 'covered');
      assert.deepEqual(await list(page, program, 'dates'), [said.seventeen + news]);
      await close();
    });
  }

  test(`22 years old and still in a program for children: it leads, and says that it ended and who comes next: ${lang}`, async () => {
    const { page, result, close } = await family(CHILDREN.twentyTwo, lang);
    assert.deepEqual([result.lead.status, result.lead.program, result.lead.ending.date], ['receiving', 'cchcp', '2025-03']);
    assert.equal(await page.locator('care-pathway-screener .ending').innerText(), `${said.ends}${entry(result, result.lead.ending.next).name}.`);
    assert.equal(await sectionOf(page, entry(result, 'cchcp').name), lang === 'en' ? 'Your child has this now' : 'Su hijo o hija ya lo tiene');
    await close();
  });
}

test('who is not told of an end is shown none', async () => {
  const { page, result, close } = await family(CHILDREN.seventeen);
  assert.equal(result.lead.ending, null);
  assert.equal(await page.locator('care-pathway-screener .ending').count(), 0);
  await close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing in what may change, and it fits in 320 px: ${colorScheme}`, async () => {
    for (const [child, part] of [['refused', 'ways'], ['uncovered', 'ways'], ['covered', 'dates'], ['twentyTwo', 'ending']]) {
      const { page, close } = await family(CHILDREN[child], 'en', { viewport: { width: 320, height: 640 }, colorScheme, bypassCSP: true });
      assert.ok((await page.locator(`care-pathway-screener .${part}`).count()) > 0, part);
      await assertAccessible(page, child);
      await assertNoWiderThan(page, 320, child);
      await assertLargeTargets(page, child);
      await close();
    }
  });
}

test('on paper too: what may change, when, and how long the lead goes on', async () => {
  for (const [child, part] of [['refused', 'ways'], ['covered', 'dates'], ['twentyTwo', 'ending']]) {
    const { page, close } = await family(CHILDREN[child]);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    assert.ok(await page.locator(`care-pathway-screener .${part}`).first().isVisible(), part);
    await close();
  }
});
