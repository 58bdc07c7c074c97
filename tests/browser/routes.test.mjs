// Families in Arkansas and Massachusetts, from the first page to whom to call.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerAll, begin, chooseState, fill, openAndWait, press, sectionOf, seeResults, shownText, title } from './family.mjs';
import { AS_OF, DESKTOP, openPage, start } from './product.mjs';

const { browser, server, engines } = await start(['AR', 'MA']);
const { AR: arkansas, MA: massachusetts } = engines;

const CHILD = {
  birth_month: '2016-03',
  medicaid: 'yes',
  diagnosis: { names: [0], complete: 'yes' },
  behavioral_health_need: 'no',
  developmental_disability: 'no',
  enrolled: [],
};

/** A family's way from the start to the results; returns the page, the answers given and the engine's result for them. */
async function family(answers, { state = arkansas, ...options } = {}) {
  const opened = await openPage(browser, options);
  const { page } = opened;
  await openAndWait(page, server.address);
  await chooseState(page, state);
  await begin(page);
  const given = await answerAll(page, state, answers);
  await seeResults(page);
  return { ...opened, given, result: state.screen(given) };
}

const nameOf = (result, id) => result.programs.find((program) => program.id === id).name;
const contactName = (result, id) => result.programs.find((program) => program.id === id)?.contact?.phone;

test('a 10-year-old with Medicaid and a listed condition: CCHCP first, and the agency decides', async () => {
  const { page, result, given, close } = await family(CHILD);
  assert.equal(result.lead.program, 'cchcp', JSON.stringify(given));
  assert.equal(result.lead.status, 'review');
  const name = nameOf(result, 'cchcp');
  assert.match(await page.locator('care-pathway-screener .finding').innerText(), /may be the right place.*agency has to decide/);
  assert.ok((await page.locator('care-pathway-screener .finding').innerText()).includes(name));
  assert.ok((await page.locator('care-pathway-screener .first').innerText()).includes(name));
  assert.match(await sectionOf(page, name), /can’t tell from this tool/);
  assert.match(await shownText(page), /This is not a decision/);
  assert.match(await shownText(page), /You may still apply/);
  assert.match(await page.locator('care-pathway-screener .first a[href^="tel:"]').first().getAttribute('href'), /^tel:\d{10,11}$/);
  await close();
});

test('the same child in a PASSE: PASSE leads, and CCHCP is not needed beside it', async () => {
  const { page, result, close } = await family({ ...CHILD, enrolled: ['passe'] });
  assert.deepEqual([result.lead.program, result.lead.status], ['passe', 'receiving']);
  assert.ok((await page.locator('care-pathway-screener .finding').innerText()).includes(nameOf(result, 'passe')));
  const notice = page.locator('care-pathway-screener .duplicates');
  assert.ok((await notice.innerText()).includes(nameOf(result, 'cchcp')));
  await close();
});

test('on the 21st birthday CCHCP does not match any more', async () => {
  const { page, result, close } = await family({ ...CHILD, birth_month: '2005-06', birth_date: '2005-06-01' });
  assert.equal(result.programs.find(({ id }) => id === 'cchcp').decision, 'ineligible');
  assert.match(await sectionOf(page, nameOf(result, 'cchcp')), /Doesn’t match today/);
  await close();
});

test('the day of birth is asked only in the month in which it decides', async () => {
  assert.equal(arkansas.screen({ ...CHILD, diagnosis: [], birth_month: '2016-03' }).programs.find(({ id }) => id === 'cchcp').missing.includes('birth_date'), false);
  const { given, close } = await family({ ...CHILD, birth_month: '2005-06', birth_date: '2005-06-02' });
  assert.equal(given.birth_date, '2005-06-02');
  await close();
});

test('Medicaid not known: the result names it, says how to find out, and takes the answer there', async () => {
  const { page, result, close } = await family({ ...CHILD, medicaid: 'unknown', medicaid_eligible: 'unknown' });
  const open = result.programs.find((program) => program.decision === 'undetermined' && program.missing.length > 0);
  assert.ok(open, 'a program is open');
  const questions = arkansas.questions();
  const [fact] = open.missing;
  const card = page.locator('care-pathway-screener article.card', { hasText: open.name }).first();
  assert.ok((await card.innerText()).includes(questions[fact].name));
  const needed = page.locator('care-pathway-screener .needed li', { hasText: questions[fact].question }).first();
  assert.ok((await needed.innerText()).includes(questions[fact].find_out));
  await needed.getByRole('button', { name: /^Answer now/ }).click();
  assert.equal(await title(page), questions[fact].question);
  await page.locator('care-pathway-screener input[name="answer"][value="yes"]').check();
  await press(page, 'continue');
  await page.waitForFunction((before) => screenerRoot().querySelector('#title').textContent !== before, questions[fact].question);
  await close();
});

test('I’m not sure to everything still ends with someone to call', async () => {
  const { page, result, close } = await family({});
  assert.ok(result.lead.contact_first);
  assert.equal(result.settled, true);
  const first = page.locator('care-pathway-screener .first');
  const phone = contactName(result, result.lead.contact_first);
  if (phone) assert.ok((await first.innerText()).includes(phone));
  assert.ok((await first.locator('a[href^="tel:"]').count()) > 0);
  await close();
});

test('two answers that do not fit: both are shown, and the one that is right stays', async () => {
  const { page, close } = await openPage(browser);
  await openAndWait(page, server.address);
  await chooseState(page, arkansas);
  await begin(page);
  const child = { ...CHILD, birth_month: '2005-06' };
  const given = await answerAll(page, arkansas, child, { upTo: 'birth_date' });
  const questions = arkansas.questions();
  assert.equal(await title(page), questions.birth_date.question);
  await fill(page, questions.birth_date, '2005-07-01');
  await press(page, 'continue');
  await page.getByText('Which is right?').waitFor();
  const text = await shownText(page);
  for (const fact of ['birth_month', 'birth_date']) assert.ok(text.includes(questions[fact].question), fact);
  assert.match(text, /June 2005/);
  assert.match(text, /July 1, 2005/);
  await press(page, 'continue');
  await page.locator('care-pathway-screener [data-mistake]').waitFor();
  await page.locator('care-pathway-screener input[value="birth_month"]').check();
  await press(page, 'continue');
  await page.waitForFunction((wanted) => screenerRoot().querySelector('#title').textContent.trim() === wanted, questions.birth_date.question);
  assert.equal(await page.locator('care-pathway-screener input[name="year"]').inputValue(), '2005', 'the doubted answer stands in its form');
  await answerAll(page, arkansas, { ...child, birth_date: '2005-06-15' }, { from: given });
  await seeResults(page);
  await close();
});

test('Massachusetts, in no plan: the state’s own program leads, with its line and who pays', async () => {
  const child = { birth_month: '2016-03', medicaid: 'no', enrolled: [], special_health_care_need: 'yes', complex_coordination_need: 'yes' };
  const { page, result, close } = await family(child, { state: massachusetts });
  assert.deepEqual([result.lead.program, result.lead.status], ['mdph_care_coordination', 'eligible']);
  const program = result.programs.find(({ id }) => id === 'mdph_care_coordination');
  const first = await page.locator('care-pathway-screener .first').innerText();
  for (const shown of [program.name, program.contact.phone, program.payer]) assert.ok(first.includes(shown), shown);
  assert.match(await sectionOf(page, program.name), /Looks like a match/);
  await close();
});

test('Massachusetts, two coordinators at once: one leads, the other is named in a notice', async () => {
  const child = { birth_month: '2016-03', medicaid: 'yes', enrolled: ['mdph_care_coordination', 'aco'], plan_coordinator: 'yes', special_health_care_need: 'yes', complex_coordination_need: 'yes' };
  const { page, result, close } = await family(child, { state: massachusetts });
  assert.equal(result.lead.status, 'receiving');
  const received = result.duplicates.filter(({ kind }) => kind === 'received');
  assert.ok(received.length > 0);
  const notice = await page.locator('care-pathway-screener .duplicates').innerText();
  for (const { program } of received) assert.ok(notice.includes(nameOf(result, program)), program);
  assert.ok(notice.includes(nameOf(result, result.lead.program)));
  await close();
});

test('Spanish from the first page to the last, on a desktop', async () => {
  const opened = await openPage(browser, { viewport: DESKTOP, locale: 'es-MX' });
  const { page } = opened;
  await openAndWait(page, server.address);
  await page.getByRole('button', { name: 'Español' }).click();
  await chooseState(page, arkansas);
  await begin(page);
  const given = await answerAll(page, arkansas, CHILD, { lang: 'es' });
  await seeResults(page);
  const result = arkansas.screen(given, AS_OF, 'es');
  const text = await shownText(page);
  assert.match(text, /Lo que encontramos/);
  assert.match(text, /Esto no es una decisión/);
  assert.ok(text.includes(nameOf(result, result.lead.program)));
  await opened.close();
});
