// What no reader may be kept from: axe finds nothing on any type of page, and no page needs scrolling sideways on a small phone.

import assert from 'node:assert/strict';
import { PAGES, assertAccessible, awake, inEnglish, site, wear } from './site.mjs';

const it = site();

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
const SMALLEST_PHONE = { width: 320, height: 640 };

// Each language and size on a wide and on a narrow window in turn: the layouts differ, the words do not.
const VISITS = [
    { name: 'in Chinese', address: (path) => path, look: 'normal.light', viewport: WIDE },
    { name: 'in English on a phone', address: inEnglish, look: 'normal.light', viewport: PHONE },
    { name: 'in the elder version on a phone', address: (path) => path, look: 'elder.light', viewport: PHONE },
    { name: 'in the elder version in English', address: inEnglish, look: 'elder.light', viewport: WIDE },
];

for (const [type, path] of Object.entries(PAGES)) {
    for (const { name, address, look, viewport } of VISITS) {
        it(`${type} is accessible ${name}`, { context: { viewport } }, async ({ page, visitor, url }) => {
            await wear(visitor, url, look);
            await page.goto(address(path));
            await awake(page);
            await assertAccessible(page);
        });
    }
}

for (const type of ['home', 'search with hits', 'route', 'place', 'county', 'developers']) {
    for (const look of ['normal.dark', 'elder.dark']) {
        it(`${type} is accessible in the dark (${look})`, async ({ page, visitor, url }) => {
            await wear(visitor, url, look);
            await page.goto(PAGES[type]);
            await awake(page);
            await assertAccessible(page);
        });
    }
}

it('the device\'s own dark scheme is as dark as the chosen one', { context: { colorScheme: 'dark' } }, async ({ page }) => {
    await page.goto('/');
    const auto = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.getByRole('link', { name: '深色' }).click();
    const chosen = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(auto, chosen);
});

it('the open list of suggestions is accessible', async ({ page }) => {
    await page.goto('/');
    await awake(page);
    await page.getByRole('combobox').pressSequentially('凤凰');
    await page.getByRole('option').first().waitFor();
    await assertAccessible(page);
});

it('the open drawer of filters is accessible', { context: { viewport: PHONE } }, async ({ page }) => {
    await page.goto('/places');
    await awake(page);
    await page.getByRole('button', { name: '筛选', exact: true }).click();
    await page.getByRole('button', { name: '关闭' }).waitFor();
    await assertAccessible(page);
});

it('the zoomed map is accessible', async ({ page }) => {
    await page.goto(PAGES.route);
    await awake(page);
    await page.getByRole('button', { name: '放大地图' }).click();
    await assertAccessible(page);
});

for (const [type, path] of Object.entries(PAGES)) {
    it(`${type} fits a window 320 pixels wide`, { context: { viewport: SMALLEST_PHONE } }, async ({ page }) => {
        const wide = [];
        for (const address of [path, inEnglish(path)]) {
            await page.goto(address);
            wide.push(...await sticksOut(page));
        }
        assert.deepEqual(wide, []);
    });

    it(`${type} in the elder version fits a window 360 pixels wide`, { context: { viewport: PHONE } }, async ({ page, visitor, url }) => {
        await wear(visitor, url, 'elder.auto');
        const wide = [];
        for (const address of [path, inEnglish(path)]) {
            await page.goto(address);
            wide.push(...await sticksOut(page));
        }
        assert.deepEqual(wide, []);
    });
}

/** What makes the page wider than its window; empty where nothing does. */
function sticksOut(page) {
    return page.evaluate(() => {
        // of the body too: a clipped overflow would hide text without a way to reach it
        const width = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
        if (width <= innerWidth) return [];
        const described = (element) => `${element.tagName.toLowerCase()}.${element.className.baseVal ?? element.className}`;
        const widest = [...document.body.querySelectorAll('*')].filter((it) => it.getBoundingClientRect().right > innerWidth + 0.5);
        return [`${location.pathname} is ${width} wide: ${widest.slice(0, 4).map(described).join(', ')}`];
    });
}
