// On paper: a listing takes two sheets of A4 at most, without what only a screen can use.

import assert from 'node:assert/strict';
import { PAGES, inEnglish, site, wear } from './site.mjs';

const it = site();

const KINDS = ['route', 'place', 'stay', 'heritage item', 'experience', 'product', 'offer'];

for (const kind of KINDS) {
    for (const [language, path] of [['Chinese', PAGES[kind]], ['English', inEnglish(PAGES[kind])]]) {
        it(`${kind} in ${language} prints on at most two sheets`, async ({ page }) => {
            await page.goto(path);
            const sheets = await printed(page);
            assert.ok(sheets >= 1 && sheets <= 2, `${sheets} sheets`);
        });
    }
}

it('the elder and the dark version print on as few', async ({ page, visitor, url }) => {
    await wear(visitor, url, 'elder.dark');
    await page.goto(PAGES.route);
    const sheets = await printed(page);
    assert.ok(sheets <= 2, `${sheets} sheets`);
});

it('paper is white though the screen is dark', async ({ page, visitor, url }) => {
    await wear(visitor, url, 'normal.dark');
    await page.goto(PAGES.place);
    await page.emulateMedia({ media: 'print' });
    const [ink, ground] = await page.evaluate(() => {
        const { color, backgroundColor } = getComputedStyle(document.body);
        return [color, backgroundColor];
    });
    assert.deepEqual([ink, ground], ['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
});

for (const kind of ['route', 'place']) {
    it(`the print of a ${kind} is without navigation, forms and buttons`, async ({ page }) => {
        await page.goto(PAGES[kind]);
        await page.emulateMedia({ media: 'print' });
        const idle = page.locator('nav, form, button, .skip-link, .navlinks').filter({ visible: true });
        assert.deepEqual(await idle.evaluateAll((all) => all.map((it) => it.outerHTML.slice(0, 80))), []);
    });

    it(`the print of a ${kind} has its facts, its map and its sources`, async ({ page }) => {
        await page.goto(PAGES[kind]);
        await page.emulateMedia({ media: 'print' });
        for (const part of ['h1', '.listing__facts tr', 'svg.map__sheet', '#source']) {
            assert.ok(await page.locator(part).first().isVisible(), part);
        }
    });
}

it('the print of a route has every stop', async ({ page }) => {
    await page.goto(PAGES.route);
    await page.emulateMedia({ media: 'print' });
    const stops = page.locator('.stop');
    assert.equal(await stops.filter({ visible: true }).count(), 14);
});

it('the code for another phone is printed once it is open', async ({ page }) => {
    await page.goto(PAGES.place);
    await page.getByText('打不开地图？').click();
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.getByRole('img', { name: '本页地址的二维码' }).isVisible());
    const sheets = await printed(page);
    assert.ok(sheets <= 2, `${sheets} sheets`);
});

/** How many sheets the page takes, as Chromium lays it out. */
async function printed(page) {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const size = pdf.match(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/).slice(1).map((points) => Math.round(Number(points)));
    assert.deepEqual(size, [595, 842], 'the style sheet asks for A4');
    return pdf.match(/\/Type\s*\/Page\b/g).length;
}
