// The care map and the plan to take along: people are added and removed, who does the same is counted, picture and
// lists agree, the plan is one sheet of paper, and nothing of it leaves the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerAll, begin, chooseState, heard, openAndWait, press, seeResults, shownText, title } from './family.mjs';
import { assertAccessible, assertLargeTargets, assertNoWiderThan } from './looking.mjs';
import { AS_OF, DESKTOP, PHONE, openPage, start } from './product.mjs';

const { browser, server, engines } = await start(['AR', 'NC']);

const FAMILIES = {
  AR: { birth_month: '2016-03', medicaid: 'yes', diagnosis: { names: [0], complete: 'yes' }, behavioral_health_need: 'yes', developmental_disability: 'no', enrolled: ['passe'] },
  NC: { birth_month: '2023-03', medicaid: 'yes', special_health_care_need: 'yes' },
};
const OPEN = { map: /^(Care map|Mapa del cuidado)$/, plan: /^(A plan to take along|Un plan para llevar)$/ };
const DOCTOR = { role: 'doctor', name: 'Dr. Lee', does: ['care_coordination', 'service_plan'] };
const SCHOOL = { role: 'school', does: ['school_help', 'care_coordination'] };

const inPage = (page, selector) => page.locator(`care-pathway-screener ${selector}`);

/** A family at their results; the result is the engine's for what they said. */
async function family({ state = 'AR', lang = 'en', ...options } = {}) {
  const opened = await openPage(browser, options);
  const { page } = opened;
  await openAndWait(page, server.address);
  await chooseState(page, engines[state]);
  if (lang === 'es') await page.getByRole('button', { name: 'Español' }).click();
  await begin(page);
  const given = await answerAll(page, engines[state], FAMILIES[state], { lang });
  await seeResults(page);
  return { ...opened, result: engines[state].screen(given, AS_OF, lang) };
}

async function open(page, name) {
  await page.getByRole('button', { name: OPEN[name] }).click();
  await inPage(page, name === 'map' ? '.care-picture' : '.plan').waitFor();
}

async function add(page, { role, name = '', does = [] }) {
  await inPage(page, '#role').selectOption(role);
  await inPage(page, '#name').fill(name);
  for (const work of does) await inPage(page, `input[name="does"][value="${work}"]`).check();
  await inPage(page, '.add .main').click();
}

const status = async (page) => (await inPage(page, '.add [role="status"]').innerText()).trim();

/** Who is in the picture and who in the list, in order, with the numbers of their marks. */
const onTheMap = (page) =>
  page.evaluate(() => {
    const texts = (root, selector) => [...root.querySelectorAll(selector)].map((each) => each.textContent.trim());
    return {
      picture: [...screenerRoot().querySelectorAll('.care-picture .someone')].map((card) => ({ name: texts(card, ':scope > text').join(' '), marks: texts(card, '.shape text').sort() })),
      list: [...screenerRoot().querySelectorAll('.around > li')].map((line) => ({ name: line.querySelector('strong').textContent.trim(), marks: texts(line, '.shape text').sort() })),
    };
  });

async function assertAgree(page, count) {
  const { picture, list } = await onTheMap(page);
  assert.equal(list.length, count);
  assert.deepEqual(picture.map(({ marks }) => marks), list.map(({ marks }) => marks));
  list.forEach(({ name }, at) => {
    const [start] = picture[at].name.replace(/^(Leads|Could lead|Call first|Guía|Podría guiar|Llame primero) /, '').split('…');
    assert.ok(name.replaceAll(/\s/g, '').startsWith(start.replaceAll(/-? /g, '')) || name.startsWith(start), `${picture[at].name} is ${name}`);
  });
}

/** In the fonts that there are: every text on its card, no two cards on each other. */
const badlyPlaced = (page) =>
  page.evaluate(() => {
    const groups = [...screenerRoot().querySelectorAll('.care-picture .someone, .care-picture .child')];
    const frames = groups.map((group) => group.querySelector('rect, circle').getBoundingClientRect());
    const out = (frame, box) => box.left < frame.left - 0.5 || box.right > frame.right + 0.5 || box.top < frame.top - 0.5 || box.bottom > frame.bottom + 0.5;
    const texts = groups.flatMap((group, at) => [...group.querySelectorAll('text')].filter((text) => out(frames[at], text.getBoundingClientRect())).map((text) => text.textContent));
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const cards = frames.flatMap((frame, at) => frames.slice(at + 1).filter((other) => meet(frame, other)).map(() => groups[at].textContent));
    return [...texts, ...cards];
  });

test('people are added: who sets up care is counted and marked, the lead is named', async () => {
  const { page, result, close } = await family();
  const lead = result.programs.find(({ id }) => id === result.lead.program).name;
  assert.equal(result.lead.program, 'passe');
  await open(page, 'map');
  assert.equal(await title(page), 'Care map');
  await assertAgree(page, 1);
  assert.equal(await inPage(page, '.same').count(), 0, 'nobody does the same yet');
  assert.ok(!(await shownText(page)).includes('Chronic Health Conditions'), 'a program that is not needed beside the lead is not on the map');

  await add(page, DOCTOR);
  assert.equal(await status(page), 'Added: Doctor or nurse: Dr. Lee. 2 set up care: choose one to lead.');
  await add(page, SCHOOL);
  assert.equal(await status(page), 'Added: School. 3 set up care: choose one to lead.');
  await add(page, { role: 'other', name: 'Grandma', does: ['respite'] });
  await assertAgree(page, 4);
  const [setUp, plan] = await inPage(page, '.same > li').allInnerTexts();
  assert.match(setUp, /3 set up care: choose one to lead\./);
  assert.ok(setUp.includes(`Let ${lead} lead.`), setUp);
  for (const name of [lead, 'Doctor or nurse: Dr. Lee', 'School']) assert.ok(setUp.includes(name), name);
  assert.match(plan, /A service plan: 2 do this\./);
  assert.ok(!plan.includes('School'));
  const { list } = await onTheMap(page);
  assert.deepEqual(list.map(({ marks }) => marks), [['1', '2'], ['1', '2'], ['1'], []]);
  assert.deepEqual(await badlyPlaced(page), []);
  // The same work has the same shape and the same line, and other work another.
  const drawn = await page.evaluate(() => ({
    shapes: [...screenerRoot().querySelectorAll('.care-picture .someone .shape')].map((each) => `${each.textContent.trim()} ${each.querySelector('path').getAttribute('d')}`),
    ties: [...screenerRoot().querySelectorAll('.care-picture .tie')].map((each) => each.getAttribute('class')),
  }));
  assert.equal(new Set(drawn.shapes).size, 2);
  assert.deepEqual(drawn.ties, ['tie tie-0', 'tie tie-0', 'tie tie-0', 'tie tie-none']);
  await close();
});

test('a person is removed: the focus stays on the list, and it is said', async () => {
  const { page, close } = await family();
  await open(page, 'map');
  await add(page, DOCTOR);
  await add(page, SCHOOL);
  await page.getByRole('button', { name: /^Remove ?: Doctor/ }).click();
  assert.equal(await status(page), 'Removed: Doctor or nurse: Dr. Lee.');
  assert.equal(await page.evaluate(() => screenerRoot().activeElement.id), 'around');
  await assertAgree(page, 2);
  assert.match(await inPage(page, '.same').innerText(), /2 set up care/);
  await page.getByRole('button', { name: /^Remove ?: School/ }).click();
  await assertAgree(page, 1);
  assert.equal(await inPage(page, '.same').count(), 0);
  await close();
});

test('nobody chosen: the error leads to the control, and nobody is added', async () => {
  const { page, close } = await family();
  await open(page, 'map');
  await inPage(page, '#name').fill('Dr. Lee');
  await inPage(page, '.add .main').click();
  const summary = inPage(page, '[data-mistake]');
  await summary.waitFor();
  assert.ok(await summary.evaluate((element) => element.getRootNode().activeElement === element));
  await summary.getByRole('link').click();
  assert.equal(await page.evaluate(() => screenerRoot().activeElement.id), 'role');
  assert.match(await page.evaluate(() => screenerRoot().getElementById(screenerRoot().activeElement.getAttribute('aria-describedby')).textContent), /Choose who it is/);
  assert.equal(await inPage(page, '#name').inputValue(), 'Dr. Lee', 'what was written stays');
  await assertAgree(page, 1);
  await inPage(page, '#role').selectOption('doctor');
  await inPage(page, '.add .main').click();
  await summary.waitFor({ state: 'detached' });
  await assertAgree(page, 2);
  await close();
});

test('where nobody leads yet: several can set up care, and whom to call first stands on top', async () => {
  const { page, result, close } = await family({ state: 'NC' });
  assert.equal(result.lead.program, null);
  await open(page, 'map');
  const care = result.programs.filter(({ kind, decision, receiving, offers }) => kind === 'program' && receiving !== 'yes' && ['eligible', 'undetermined'].includes(decision) && offers.includes('Care coordination'));
  assert.ok(care.length > 1);
  const setUp = await inPage(page, '.same > li').first().innerText();
  assert.ok(setUp.includes(`${care.length} can set up care: choose one to lead.`), setUp);
  assert.match(setUp, /Ask them who should lead/);
  assert.match(await inPage(page, '.care-picture .on-top').textContent(), /Call first/);
  assert.equal(await inPage(page, '.someone:not(.not-yet)').count(), 0, 'nothing is in place yet');
  await assertAgree(page, await inPage(page, '.care-picture .someone').count());
  await close();
});

const focused = (page) => page.evaluate(() => {
  const active = screenerRoot().activeElement;
  return { id: active?.id, name: active?.getAttribute('name'), value: active?.value, text: active?.textContent.trim() };
});

async function tabTo(page, wanted) {
  for (let at = 0; at < 80; at += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (wanted(now)) return now;
  }
  throw new Error('the keyboard does not get there');
}

test('by keyboard alone: a person added and removed, a goal written', async () => {
  const { page, close } = await family();
  await tabTo(page, ({ text }) => OPEN.map.test(text));
  await page.keyboard.press('Enter');
  await inPage(page, '.care-picture').waitFor();
  assert.equal((await focused(page)).id, 'title');
  await tabTo(page, ({ id }) => id === 'role');
  await page.keyboard.press('ArrowDown');
  assert.equal((await focused(page)).value, 'doctor');
  await tabTo(page, ({ name }) => name === 'name');
  await page.keyboard.type('Dr. Lee');
  await tabTo(page, ({ name, value }) => name === 'does' && value === 'care_coordination');
  await page.keyboard.press('Space');
  await tabTo(page, ({ text }) => text === 'Add to the map');
  await page.keyboard.press('Enter');
  assert.equal(await status(page), 'Added: Doctor or nurse: Dr. Lee. 2 set up care: choose one to lead.');
  assert.equal((await focused(page)).text, 'Add to the map', 'the focus stays');
  assert.equal(await inPage(page, '#name').inputValue(), '', 'the form is empty again');
  await page.keyboard.press('Shift+Tab');
  for (let at = 0; !/^Remove/.test((await focused(page)).text) && at < 40; at += 1) await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  assert.equal((await focused(page)).id, 'around');
  await tabTo(page, ({ text }) => OPEN.plan.test(text));
  await page.keyboard.press('Enter');
  await inPage(page, '.plan').waitFor();
  assert.equal((await focused(page)).id, 'title');
  await tabTo(page, ({ text }) => text === 'Print');
  await tabTo(page, ({ id, value, text }) => !id && value === '' && text === '');
  await page.keyboard.type('Sleep at night');
  assert.equal(await inPage(page, '.goals input').first().inputValue(), 'Sleep at night');
  await close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing, ${colorScheme}`, async () => {
    const { page, close } = await family({ colorScheme, bypassCSP: true, viewport: colorScheme === 'light' ? PHONE : DESKTOP });
    await open(page, 'map');
    await assertAccessible(page, 'map');
    await inPage(page, '.add .main').click();
    await assertAccessible(page, 'map with a mistake');
    await add(page, DOCTOR);
    await assertAccessible(page, 'map with a person');
    await open(page, 'plan');
    await assertAccessible(page, 'plan');
    await close();
  });
}

test('320 px: nothing scrolls sideways, targets are large, the text of the picture can be read', async () => {
  for (const [state, lang] of [['AR', 'en'], ['NC', 'es']]) {
    const { page, close } = await family({ state, lang, viewport: { width: 320, height: 640 } });
    await open(page, 'map');
    for (const person of [DOCTOR, SCHOOL, { role: 'equipment', name: 'WWWWWWWWWWWWWWWWWWWWWWWWWWWWWW', does: ['home_visits', 'respite'] }]) await add(page, person);
    await assertNoWiderThan(page, 320, 'map');
    await assertLargeTargets(page, 'map');
    assert.deepEqual(await badlyPlaced(page), [], state);
    const size = await page.evaluate(() => {
      const picture = screenerRoot().querySelector('.care-picture');
      return (parseFloat(getComputedStyle(picture.querySelector('text')).fontSize) * picture.getBoundingClientRect().width) / picture.viewBox.baseVal.width;
    });
    assert.ok(size >= 11, `text of ${size} px`);
    await open(page, 'plan');
    await assertNoWiderThan(page, 320, 'plan');
    await assertLargeTargets(page, 'plan');
    await close();
  }
});

test('Spanish, and back: what was chosen is said in the other language', async () => {
  const { page, close } = await family({ lang: 'es' });
  await open(page, 'map');
  await add(page, DOCTOR);
  assert.equal(await status(page), 'Se agregó: Médico o enfermera: Dr. Lee. 2 organizan el cuidado: elija a uno como guía.');
  await assertAgree(page, 2);
  await open(page, 'plan');
  const text = await shownText(page);
  for (const shown of ['Quién guía', 'Qué preguntar en la primera llamada', 'Quién hace qué', 'Médico o enfermera: Dr. Lee', 'Esto no es una decisión']) assert.ok(text.includes(shown), shown);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('Doctor or nurse: Dr. Lee').waitFor();
  assert.match(await shownText(page), /Setting up care; A service plan/);
  await close();
});

/** How many sheets of US letter, with the margins that browsers leave. */
async function sheets(page) {
  const pdf = await page.pdf({ format: 'Letter', margin: { top: '0.5in', bottom: '0.5in', left: '0.4in', right: '0.4in' } });
  return pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length;
}

test('the plan is one sheet: who leads with the phone, what to ask, who does what, dates, goals', async () => {
  for (const state of ['AR', 'NC']) {
    for (const lang of ['en', 'es']) {
      const { page, result, close } = await family({ state, lang });
      await open(page, 'plan');
      const text = await shownText(page);
      const first = result.programs.find(({ id }) => id === result.lead.contact_first);
      for (const shown of [first.name, first.contact.phone, ...first.steps]) assert.ok(text.includes(shown), shown);
      assert.equal(text.match(/This is not a decision|Esto no es una decisión/g).length, 1);
      assert.equal(await sheets(page), 1, `${state} ${lang}`);
      assert.equal(await inPage(page, '.goals input').count(), 5, 'lines to write on');
      await close();
    }
  }
});

test('what the family wants help with first stands first among what to ask', async () => {
  const { page, close } = await family();
  await inPage(page, '.help-first input[value="food"]').check();
  await open(page, 'plan');
  assert.equal((await inPage(page, '.asks > li').first().innerText()).trim(), '“First we need help with food.”');
  await close();
});

test('the plan stays one sheet however much there is: the rest is counted', async () => {
  for (const lang of ['en', 'es']) {
    const { page, close } = await family({ state: 'NC', lang });
    for (const need of await inPage(page, '.help-first input').all()) await need.check();
    await open(page, 'map');
    for (let at = 0; at < 9; at += 1) await add(page, { ...SCHOOL, name: `Oak Hill School of the county ${at}` });
    await open(page, 'plan');
    await page.evaluate(() => {
      for (const input of screenerRoot().querySelectorAll('.goals input')) {
        input.value = 'A goal as long as a line may be: go to the same school as the others, every day.';
        input.dispatchEvent(new Event('input', { bubbles: true }));
      }
    });
    assert.match(await inPage(page, '.roster > li').last().innerText(), /^(and \d+ more|y \d+ más)$/);
    assert.equal(await sheets(page), 1, lang);
    await close();
  }
});

test('on paper the plan is black on white, without anything to press, and a goal is whole', async () => {
  const { page, close } = await family({ colorScheme: 'dark' });
  await open(page, 'plan');
  const goal = 'A goal as long as a line may be: go to the same school as the others, every day.';
  await inPage(page, '.goals input').first().fill(goal);
  await page.setViewportSize({ width: 740, height: 960 });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const paper = await page.evaluate(() => {
    const root = screenerRoot();
    const { color } = getComputedStyle(root.querySelector('.plan'));
    const input = root.querySelector('.goals input');
    return { color, ground: getComputedStyle(root.querySelector('.frame')).backgroundColor, box: getComputedStyle(root.querySelector('.plan .first')).backgroundColor, buttons: [...root.querySelectorAll('button')].filter((button) => button.checkVisibility()).length, cut: input.scrollWidth > input.clientWidth };
  });
  assert.deepEqual(paper, { color: 'rgb(0, 0, 0)', ground: 'rgb(255, 255, 255)', box: 'rgb(255, 255, 255)', buttons: 0, cut: false });
  await close();
});

test('what is added stays with the child while the page is open, and nowhere else', async () => {
  const { page, close } = await family();
  await heard(page, 'carepath-ready');
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  const address = page.url();
  await open(page, 'map');
  await add(page, { ...DOCTOR, name: 'Dr. Unmistakable' });
  await open(page, 'plan');
  await inPage(page, '.goals input').nth(1).fill('A goal unmistakable');
  await press(page, 'back');
  await inPage(page, '.care-picture').waitFor();
  assert.match(await shownText(page), /Dr\. Unmistakable/);
  await open(page, 'plan');
  assert.equal(await inPage(page, '.goals input').nth(1).inputValue(), 'A goal unmistakable');
  const kept = await page.evaluate(async () => ({ cookies: document.cookie, local: localStorage.length, session: sessionStorage.length, databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length, state: JSON.stringify(history.state) }));
  assert.ok(!/nmistakable/.test(kept.state));
  assert.deepEqual({ ...kept, state: '' }, { cookies: '', local: 0, session: 0, databases: 0, caches: 0, state: '' });
  assert.deepEqual(requests, []);
  assert.equal(page.url(), address);
  assert.ok(!/nmistakable/.test(JSON.stringify(await page.evaluate(() => window.heard))));

  // Another child has a map of its own.
  await press(page, 'back');
  await inPage(page, '.care-picture').waitFor();
  await press(page, 'back');
  await inPage(page, '.finding').waitFor();
  await page.getByRole('button', { name: 'Ask about another child' }).click();
  await inPage(page, '#name-0').fill('Ana');
  await inPage(page, '#name-1').fill('Ben');
  await press(page, 'continue');
  await answerAll(page, engines.AR, FAMILIES.AR);
  await seeResults(page);
  await open(page, 'map');
  await assertAgree(page, 1);
  assert.match(await inPage(page, '.care-picture .child').textContent(), /Ben/);
  await open(page, 'plan');
  assert.equal(await title(page), 'A plan for Ben');
  assert.equal(await inPage(page, '.goals input').nth(1).inputValue(), '');

  await press(page, 'leave');
  await page.getByRole('button', { name: 'Yes, clear my answers' }).click();
  await page.getByText('Your answers are cleared').waitFor();
  assert.equal((await page.evaluate(() => screenerRoot().textContent)).includes('nmistakable'), false);
  await close();
});

test('forced colors: names and lines can still be told from the ground', async () => {
  const { page, close } = await family({ forcedColors: 'active', colorScheme: 'dark' });
  await open(page, 'map');
  await add(page, DOCTOR);
  const colors = await page.evaluate(() => {
    const of = (selector) => getComputedStyle(screenerRoot().querySelector(selector));
    return { card: of('.someone rect').fill, text: of('.someone text').fill, tie: of('.tie').stroke, edge: of('.someone rect').stroke };
  });
  assert.notEqual(colors.card, colors.text);
  assert.notEqual(colors.card, colors.tie);
  assert.notEqual(colors.card, colors.edge);
  await close();
});
