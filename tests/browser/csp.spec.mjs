// Pages as strict as their policy says, whole, from one origin, and small.

import assert from 'node:assert/strict';
import { PAGES, awake, inEnglish, site } from './site.mjs';

const it = site();

const FIRST_VIEW_BYTES = 100_000;

for (const [type, path] of Object.entries(PAGES)) {
    it(`${type} keeps to its policy, is whole and all from here`, async ({ page, url }) => {
        const [said, elsewhere, broken] = [[], [], []];
        page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) said.push(message.text()); });
        await page.exposeFunction('tellViolation', (violation) => said.push(violation));
        await page.addInitScript(() => addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
            window.tellViolation(`${violatedDirective}: ${blockedURI}`);
        }));
        page.on('request', (request) => { if (!ours(request.url(), url)) elsewhere.push(request.url()); });
        page.on('response', (response) => {
            if (response.ok() || response.request().isNavigationRequest()) return;
            broken.push(`${response.status()} ${response.url()}`);
        });
        page.on('requestfailed', (request) => broken.push(`${request.failure().errorText} ${request.url()}`));
        await page.goto(path);
        await awake(page);
        await seeAll(page);
        // the browser says so of the page itself, which is not there and should not be
        const expected = type === 'not found' ? /status of 404/ : /^$/;
        assert.deepEqual(said.filter((text) => !expected.test(text)), [], 'on the console');
        assert.deepEqual(elsewhere, [], 'requests that leave this site');
        assert.deepEqual(broken, [], 'what did not arrive');
    });

    it(`the first view of ${type} is at most 100 kB over the wire in either language`, async ({ page, visitor }) => {
        const isFirstView = (request) => ['document', 'stylesheet'].includes(request.resourceType());
        const arrived = await arrivals(page, visitor, isFirstView);
        for (const address of [path, inEnglish(path)]) {
            await page.goto(address);
            const bytes = await arrived();
            assert.equal(bytes.length, 2, `${address}: the page and its style sheet`);
            assert.ok(bytes[0] + bytes[1] <= FIRST_VIEW_BYTES, `${address}: ${bytes.join(' + ')}`);
        }
    });
}

it('everything the head of a page points to is there', async ({ page, url }) => {
    const pointed = new Set();
    for (const path of Object.values(PAGES)) {
        await page.goto(path);
        const found = await page.evaluate(() => [
            ...document.querySelectorAll('link[rel=icon], link[rel=manifest], link[rel=alternate][type]'),
            ...document.querySelectorAll('meta[property="og:image"]'),
        ].map((it) => it.href ?? it.content));
        found.forEach((address) => pointed.add(address));
    }
    assert.deepEqual([...pointed].filter((address) => !ours(address, url)), [], 'all of it is ours');
    const missing = [];
    for (const address of pointed) {
        const response = await page.request.get(address);
        if (!response.ok()) missing.push(`${response.status()} ${address}`);
    }
    assert.deepEqual(missing, []);
});

it('the script is at most 120 kB', async ({ page, visitor }) => {
    const arrived = await arrivals(page, visitor, (request) => request.url().endsWith('.wasm'));
    await page.goto('/');
    await awake(page);
    const bytes = await arrived();
    assert.equal(bytes.length, 1);
    assert.ok(bytes[0] <= 120_000, `${bytes[0]}`);
});

it('a script that was slipped into the page does not run', async ({ page }) => {
    await page.goto('/');
    await page.evaluate(() => {
        document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.slipped = true">');
        const script = document.createElement('script');
        script.textContent = 'window.slipped = true';
        document.body.append(script);
    });
    await page.locator('img').last().evaluate((image) => image.decode().catch(() => {}));
    assert.equal(await page.evaluate(() => window.slipped), undefined);
});

/**
 * Weighs what `picked` requests bring over the wire, heads included, as for somebody who was never here before. Gives the
 * function that tells the weights since it was last asked.
 */
async function arrivals(page, visitor, picked) {
    const network = await visitor.newCDPSession(page);
    await network.send('Network.enable');
    await network.send('Network.setCacheDisabled', { cacheDisabled: true });
    const parts = [];
    page.on('requestfinished', (request) => { if (picked(request)) parts.push(request.sizes()); });
    return async () => (await Promise.all(parts.splice(0))).map((it) => it.responseHeadersSize + it.responseBodySize);
}

/** Asks for the pictures further down too, and waits for them. */
async function seeAll(page) {
    await page.evaluate(() => Promise.all([...document.images].map((image) => {
        image.loading = 'eager';
        return image.decode().catch(() => {});
    })));
}

const ours = (address, url) => address.startsWith(`${url}/`) || address.startsWith('data:');
