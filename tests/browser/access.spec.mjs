// What no reader may be kept from: axe finds nothing on any type of page, and no page needs scrolling sideways on a small phone.

import assert from 'node:assert/strict';
import { PAGES, assertAccessible, awake, inEnglish, site, wear } from './site.mjs';

const it = site();

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
const ON_PHONE = { context: { viewport: PHONE } };
const SMALLEST_PHONE = { width: 320, height: 640 };

// The layouts differ by window and size, the words by language: so these three, and not all their combinations.
const VISITS = [
    { name: 'in Chinese', address: (path) => path, look: 'normal.light', viewport: WIDE },
    { name: 'in English on a phone', address: inEnglish, look: 'normal.light', viewport: PHONE },
    { name: 'in the elder version on a phone', address: (path) => path, look: 'elder.light', viewport: PHONE },
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
    for (const [name, address, look] of [['dark', (path) => path, 'normal.dark'], ['dark elder', inEnglish, 'elder.dark']]) {
        it(`${type} is accessible in the ${name} version`, { context: { viewport: WIDE } }, async ({ page, visitor, url }) => {
            await wear(visitor, url, look);
            await page.goto(address(PAGES[type]));
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

it('the open drawer of filters is accessible', ON_PHONE, async ({ page }) => {
    await page.goto('/places');
    await awake(page);
    await page.getByRole('button', { name: '筛选', exact: true }).click();
    await page.getByRole('button', { name: '关闭' }).waitFor();
    // to its end, where the button that applies covers nothing: axe takes a box half under it for a target too small
    await page.getByRole('group', { name: '筛选' }).first().evaluate((panel) => panel.scrollTo(0, panel.scrollHeight));
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

    it(`${type} in the elder version fits a window 360 pixels wide`, ON_PHONE, async ({ page, visitor, url }) => {
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
        const tooFar = (element) => element.getBoundingClientRect().right > innerWidth + 0.5;
        const widest = [...document.body.querySelectorAll('*')].filter(tooFar);
        return [`${location.pathname} is ${width} wide: ${widest.slice(0, 4).map(described).join(', ')}`];
    });
}
