// The map of an operator's tiles. The tiles are answered here: none are fetched from anywhere.

import assert from 'node:assert/strict';
import { assertAccessible, awake, inEnglish, site } from './site.mjs';

const it = site({
    env: { XIAOXIANG_TILES_URL: 'https://tiles.example/{z}/{x}/{y}.png', XIAOXIANG_TILES_ATTRIBUTION: '样图' },
});

const WIDE = { context: { viewport: { width: 1280, height: 900 } } };
const PHONE = { context: { viewport: { width: 360, height: 740 } } };

// One grey pixel.
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64');

/** Answers for tiles and gives the list of those that were asked for. */
async function tiles(page) {
    const asked = [];
    await page.route('https://tiles.example/**', (route) => {
        asked.push(new URL(route.request().url()).pathname);
        return route.fulfill({ contentType: 'image/png', headers: { 'access-control-allow-origin': '*' }, body: PIXEL });
    });
    return asked;
}

const stage = (page) => page.locator('.map-detailed__stage');

it('is loaded when somebody asks for it and not before, with the stops of the route on it', WIDE, async ({ page }) => {
    const asked = await tiles(page);
    const loaded = [];
    page.on('request', (request) => loaded.push(request.url()));
    await page.goto('/routes/zuimei-dongxiang');
    await awake(page);
    assert.deepEqual([asked, loaded.filter((url) => url.includes('map'))], [[], []]);
    const tile = page.waitForRequest('https://tiles.example/**');
    await page.getByRole('button', { name: '在详细地图上看' }).click();
    const marks = stage(page).locator('.map-detailed__mark');
    await marks.first().waitFor();
    assert.equal(await marks.count(), await page.locator('.map-section .map__point').count());
    await page.waitForFunction(() => document.querySelector('.map-detailed__stage canvas'));
    await tile;
    assert.ok(asked.every((path) => /^\/\d+\/\d+\/\d+\.png$/.test(path)), asked.join());
    assert.match(await page.locator('.map-detailed').textContent(), /详细地图：样图/);
    await assertAccessible(page);
});

it('shows a trip with the numbers of its days', PHONE, async ({ page }) => {
    await tiles(page);
    await page.goto('/trips/new?route=zuimei-dongxiang');
    await page.locator('.form--page').getByRole('button').click();
    await page.waitForURL(/\/trips\/[0-9a-f]{32}/);
    await awake(page);
    await page.getByRole('button', { name: '在详细地图上看' }).click();
    await stage(page).locator('canvas').waitFor();
    const numbers = await stage(page).locator('.map-detailed__mark').allTextContents();
    assert.deepEqual(numbers.filter(Boolean), ['1-1', '1-2', '2-1', '2-2', '3-1', '3-2']);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, 'nothing sticks out');
    await assertAccessible(page);
});

it('says so where it cannot be opened, and opens when the page is loaded again', PHONE, async ({ page }) => {
    await tiles(page);
    await page.route('**/assets/detailed-map-*', (route) => route.abort());
    await page.goto(inEnglish('/places/fenghuang-gucheng'));
    await awake(page);
    const open = () => page.getByRole('button', { name: 'Show on the detailed map' }).click();
    await open();
    await page.getByText('The detailed map cannot be opened.').waitFor();
    await page.unroute('**/assets/detailed-map-*');
    await page.reload();
    await awake(page);
    await open();
    await stage(page).locator('canvas').waitFor();
});
