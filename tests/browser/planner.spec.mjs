// Stops chosen in a worker of the browser.

import assert from 'node:assert/strict';
import { site } from './site.mjs';

const it = site();

/** The form for two days from Jishou, with the worker ready. */
async function begin(page, address = '/trips/new') {
    await page.goto(address);
    await page.locator('#new-trip [name="days"]').fill('2');
    await page.locator('#new-trip [name="start"]').selectOption('433101');
    await page.locator('#new-trip [name="budget"]').fill('3000');
    await page.locator('#planner[data-loaded]').waitFor({ state: 'attached' });
}

const send = (page) => page.locator('#new-trip > button[type="submit"]').click();

for (const [size, viewport] of [['360 px', { width: 360, height: 740 }], ['1280 px', { width: 1280, height: 900 }]]) {
    it(`shows a plan at once and makes the trip of it, at ${size}`, { context: { viewport } }, async ({ page }) => {
        await begin(page);
        await send(page);
        await page.locator('#planner').waitFor();
        assert.equal(await page.evaluate(() => document.activeElement.id), 'planner-title', 'who listens is told');
        assert.equal(await page.locator('.planner__days > li').count(), 2);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, 'nothing sticks out');
        // The page is awake while the worker goes on.
        assert.equal(await page.evaluate(() => new Promise((tell) => requestAnimationFrame(() => tell('drawn')))), 'drawn');
        await page.getByText('选好了。').waitFor();
        const shown = await page.locator('.planner__days ul > li').allTextContents();
        await page.getByRole('button', { name: '就用这个' }).click();
        await page.locator('.trip__days').waitFor();
        const names = await page.locator('.trip__name').allTextContents();
        assert.deepEqual(names.map((name) => name.trim()), shown.map((stop) => stop.trim().replace(/^\S+ /, '')));
    });
}

it('takes the first plan when nobody wants to wait for a better one, in English', async ({ page }) => {
    await begin(page, '/en/trips/new');
    await send(page);
    await page.getByRole('button', { name: 'Take this one' }).click();
    await page.locator('.trip__days').waitFor();
    assert.ok(await page.locator('.trip__name').count() > 1);
});

it('says where to in a sentence, and the plan goes there', { context: { viewport: { width: 360, height: 740 } } }, async ({ page }) => {
    await page.goto('/trips/new');
    await page.getByLabel('用一句话说').fill('从长沙去凤凰三天，两大一老');
    await page.getByRole('button', { name: '按这句话填好' }).click();
    await page.waitForURL(/say=/);
    assert.equal(await page.getByLabel('想去哪儿').inputValue(), '凤凰');
    await page.locator('#new-trip [name="budget"]').fill('3000');
    await page.locator('#planner[data-loaded]').waitFor({ state: 'attached' });
    await send(page);
    await page.getByRole('button', { name: '就用这个' }).click();
    await page.locator('.trip__days').waitFor();
    assert.equal(await page.locator('h1').textContent(), '凤凰县3日行程');
    assert.ok(await page.locator('.trip__note', { hasText: '你想去凤凰县' }).count() > 1);
});

it('lets go of it, and what was typed is still there', async ({ page }) => {
    await begin(page);
    await send(page);
    await page.getByRole('button', { name: '不用，回去改' }).click();
    await page.locator('#planner').waitFor({ state: 'hidden' });
    assert.equal(await page.locator('#new-trip [name="budget"]').inputValue(), '3000');
    await page.locator('#new-trip [name="adults"]').fill('0');
    await page.locator('#planner[data-loaded]').waitFor({ state: 'attached' });
    await send(page);
    await page.locator('.notice--problem').waitFor();
    assert.equal(await page.locator('#new-trip [name="budget"]').inputValue(), '3000', 'the site says what is wrong');
});

it('sends the form to the site where the worker cannot be had', async ({ page }) => {
    await page.route('**/assets/planner-*.wasm', (route) => route.abort());
    await page.goto('/trips/new');
    await page.locator('#new-trip [name="start"]').selectOption('433101');
    await send(page);
    await page.locator('.trip__days').waitFor();
    assert.ok(await page.locator('.trip__name').count() > 1);
});

it('loads nothing for who only looks at the page', async ({ page }) => {
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto('/trips/new', { waitUntil: 'networkidle' });
    assert.deepEqual(asked.filter((url) => url.includes('/assets/planner-') || url.includes('/assets/offline-')), []);
});
