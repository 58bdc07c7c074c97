import { answerAll, chooseState, openAndWait, press, seeResults } from '/work/main/tests/browser/family.mjs';
import { copyOfRules, engine, launch, openPage, rulesOf, serve } from '/work/main/tests/browser/product.mjs';
import { cpSync } from 'node:fs'; import { join } from 'node:path';
const rules = copyOfRules();
cpSync('/work/main/tests/browser/by-income', join(rules.folder, 'ok'), { recursive: true });
const [browser, server] = await Promise.all([launch(), serve(rules.folder)]);
const shot = async (page, name) => page.screenshot({ path: `/tmp/shot-${name}.png`, fullPage: true });
try {
for (const [size, viewport] of [['phone', { width: 375, height: 812 }], ['desk', { width: 1280, height: 900 }]]) {
  const ok = await engine(await rulesOf(server.address, 'OK'), 'OK');
  { const { page, close } = await openPage(browser, { viewport }); await openAndWait(page, server.address); await chooseState(page, ok); await press(page, 'start');
    await answerAll(page, ok, { household_size: 3 }, { upTo: 'household_income' }).catch((e) => console.log(String(e).slice(0, 200))); await shot(page, `range-${size}`); await close(); }
  const ar = await engine(await rulesOf(server.address, 'AR'), 'AR');
  { const { page, close } = await openPage(browser, { viewport, locale: size === 'desk' ? 'es-MX' : 'en-US' }); await openAndWait(page, server.address); await chooseState(page, ar); await press(page, 'start');
    await answerAll(page, ar, { birth_month: '2004-03', medicaid: 'yes', enrolled: ['cchcp'], diagnosis: { names: [0] }, assessment_tier: 'tier_1' }, { lang: size === 'desk' ? 'es' : 'en' }).catch((e) => console.log(String(e).slice(0, 300))); await seeResults(page).catch((e) => console.log(String(e).slice(0, 200)));
    await page.evaluate(() => { for (const d of document.querySelector('care-pathway').shadowRoot.querySelectorAll('details')) d.open = true; }); await shot(page, `ending-${size}`); await close(); }
  const ma = await engine(await rulesOf(server.address, 'MA'), 'MA');
  { const { page, close } = await openPage(browser, { viewport }); await openAndWait(page, server.address); await chooseState(page, ma); await press(page, 'start');
    await answerAll(page, ma, { birth_month: '2008-11', medicaid: 'no', enrolled: [], special_health_care_need: 'yes', complex_coordination_need: 'yes' }).catch((e) => console.log(String(e).slice(0, 300))); await seeResults(page).catch((e) => console.log(String(e).slice(0, 200)));
    await page.evaluate(() => { for (const d of document.querySelector('care-pathway').shadowRoot.querySelectorAll('details')) d.open = true; }); await shot(page, `ma-${size}`); await close(); }
}
} finally { await browser.close(); await server.stop(); rules.remove(); }
