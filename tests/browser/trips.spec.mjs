// A trip, as its traveller's browser shows it: a page that no address list has, since it must be made first.

import assert from 'node:assert/strict';
import { assertAccessible, awake, inEnglish, leads, site, wear } from './site.mjs';

const it = site();

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
const SMALLEST_PHONE = { width: 320, height: 640 };
const NO_SCRIPT = { context: { javaScriptEnabled: false, viewport: PHONE } };

/** In CSS pixels; half a pixel is left to rounding. */
const LARGE_TARGET = 59.5;

/** Plans three days along a route; gives the path of the trip. */
async function plan(page, address = (path) => path) {
    await page.goto(address('/trips/new?route=zuimei-dongxiang'));
    await page.locator('.form--page').getByRole('button').click();
    await page.waitForURL(/\/trips\/[0-9a-f]{32}/);
    return new URL(page.url()).pathname;
}

/** Eleven hours in a village are too many: now there is something to mend. */
async function spoil(page) {
    await page.locator('#stop-1 summary').click();
    await page.locator('#stop-1-stay_min').fill('660');
    await page.locator('#stop-1 .form').getByRole('button').click();
    await page.waitForURL('**#stop-1');
}

const unfold = (page) => page.locator('details').evaluateAll((all) => all.forEach((it) => { it.open = true; }));

for (const { name, address, look, viewport } of [
    { name: 'in Chinese', address: (path) => path, look: 'normal.light', viewport: WIDE },
    { name: 'in English on a phone', address: inEnglish, look: 'normal.light', viewport: PHONE },
    { name: 'in the elder version on a phone', address: (path) => path, look: 'elder.light', viewport: PHONE },
    { name: 'in the dark', address: (path) => path, look: 'normal.dark', viewport: WIDE },
]) {
    it(`a trip is accessible ${name}, with all that is wrong and folded away`, { context: { viewport } }, async ({ page, visitor, url }) => {
        await wear(visitor, url, look);
        const trip = await plan(page, address);
        await spoil(page);
        await awake(page);
        await unfold(page);
        await assertAccessible(page);
        await page.locator('#settings .form input[name=adults]').fill('0');
        await page.locator('#settings .form').getByRole('button').click();
        await page.waitForURL('**/edit');
        await unfold(page);
        await assertAccessible(page);
        await page.goto(`${trip}/print`);
        await assertAccessible(page);
    });
}

for (const [name, viewport, look] of [['320 pixels wide', SMALLEST_PHONE, 'normal.auto'], ['360 pixels wide in the elder version', PHONE, 'elder.auto']]) {
    it(`a trip fits a window ${name}`, { context: { viewport } }, async ({ page, visitor, url }) => {
        await wear(visitor, url, look);
        await plan(page);
        await spoil(page);
        await unfold(page);
        const out = await page.locator('main :not(svg *)').evaluateAll((all) => all
            .filter((it) => it.checkVisibility() && it.getBoundingClientRect().right > innerWidth + 1)
            .map((it) => it.outerHTML.slice(0, 90)));
        assert.deepEqual(out, []);
    });
}

it('whatever is pressed on a trip is at least 60 by 60 in the elder version', { context: { viewport: PHONE } }, async ({ page, visitor, url }) => {
    await wear(visitor, url, 'elder.auto');
    await plan(page);
    await unfold(page);
    const pressed = page.locator('main').locator('button, select, summary, .field, .form__check, a.button, .trip__name a, .trip__file, .trip__idea a');
    const small = await pressed.evaluateAll((all, least) => all
        .filter((it) => it.checkVisibility())
        .map((it) => [it.outerHTML.slice(0, 90), it.getBoundingClientRect()])
        .filter(([, box]) => box.height < least || box.width < least)
        .map(([html, box]) => `${box.width} by ${box.height}: ${html}`), LARGE_TARGET);
    assert.deepEqual(small, []);
});

it('a stop changes its place by keyboard alone, and without script', NO_SCRIPT, async ({ page }) => {
    await plan(page);
    const names = () => page.locator('#day-1 .trip__name').allTextContents();
    const before = await names();
    await page.getByRole('button', { name: `推后：${before[0]}` }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**#stop-1');
    assert.deepEqual(await names(), before.toReversed());
    await page.getByRole('button', { name: '撤销' }).focus();
    await leads(page, () => page.keyboard.press('Space'));
    await page.getByRole('button', { name: '重做' }).and(page.locator(':enabled')).waitFor();
    assert.deepEqual(await names(), before);
});

it('three days print on at most two sheets, with a code for each stop and no button', async ({ page }) => {
    const trip = await plan(page);
    await page.goto(`${trip}/print`);
    await page.emulateMedia({ media: 'print' });
    const idle = page.locator('nav, form, button, .skip-link').filter({ visible: true });
    assert.equal(await idle.count(), 0);
    assert.equal(await page.locator('.sheet__code svg').filter({ visible: true }).count(), 6);
    assert.ok(await page.locator('svg.map__sheet').isVisible());
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sheets = pdf.match(/\/Type\s*\/Page\b/g).length;
    assert.ok(sheets <= 2, `${sheets} sheets`);
});
