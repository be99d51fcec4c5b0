// What a device makes of itself: addresses that mean it ill, memory that fails, clocks that are wrong, packs that fall behind.

import assert from 'node:assert/strict';
import {
    banner, comesTrue, idOf, onTheServer, PHONE, plan, press, rename, section, stateIs, stories, takeAlong, WORDS, workerOf,
} from './along.mjs';

const { story, world } = stories();

/** A trip taken along, and the signal gone. */
async function away(phone) {
    const trip = await plan(phone.page);
    await takeAlong(phone.page);
    await world.signal.cut();
    await phone.page.goto(trip);
    return trip;
}

story('an address can neither write into a page nor lead away from the site', PHONE, async (phone) => {
    const { page } = phone;
    const trip = await away(phone);
    for (const back of ['/%09/evil.example/', '//evil.example/', '/%5Cevil.example/', 'https://evil.example/', 'javascript:alert(1)']) {
        await page.goto(`/look?size=elder%22%20onfocus=%22x&scheme=dark&back=${back}`);
        assert.equal(new URL(page.url()).origin, world.signal.url, back);
    }
    await page.goto(`/look?size=elder&back=${trip}?x%23day-2`);
    assert.equal(page.url(), `${world.signal.url}${trip}?x#day-2`);
    assert.equal(await page.locator('html').getAttribute('data-size'), 'elder');
    assert.equal(await page.locator('html').getAttribute('data-scheme'), 'dark');

    // Kept by an edition that looked less closely.
    await (await workerOf(phone)).evaluate(() => set('look', 'elder" onfocus="x.dark'));
    const stop = await page.locator('.trip__name a').first().getAttribute('href');
    for (const path of [stop, trip]) {
        const answer = await page.goto(path);
        await banner(page).waitFor();
        assert.deepEqual(await page.locator('html').evaluate((it) => [it.dataset.size, it.dataset.scheme, it.hasAttribute('onfocus')]), ['normal', 'dark', false]);
        assert.match(answer.headers()['content-security-policy'], /default-src 'none'; script-src 'self'/, path);
    }
    const site = (await fetch(world.direct)).headers;
    const here = (await page.goto('/about-data')).headers();
    for (const name of ['content-security-policy', 'x-frame-options', 'referrer-policy']) assert.equal(here[name], site.get(name), name);
});

/** Which version of the trip the device has kept. */
const isOfVersion = async ([id, version]) => {
    const { text, staging, behind } = await packOf(id);
    return JSON.parse(text).version === version && !staging && !behind && !(await changesOf(id)).sent.length;
};

story('a pack is of the trip as it is, after changes that were sent later and after two in a row', PHONE, async (phone) => {
    const { page } = phone;
    const trip = await away(phone);
    await rename(page, '二');
    await world.signal.restore();
    await page.goto(trip);
    await comesTrue(phone, isOfVersion, [idOf(trip), 2]);

    let [open, begun] = [];
    const gate = new Promise((resolve) => { open = resolve; });
    const reached = new Promise((resolve) => { begun = resolve; });
    world.signal.holds = (path) => { if (path.endsWith('/trip.gpx')) { begun(); return gate; } return undefined; };
    await rename(page, '三');
    await reached;
    await rename(page, '四');
    open();
    await comesTrue(phone, isOfVersion, [idOf(trip), 4]);
    await world.signal.cut();
    await page.goto(trip);
    assert.equal(await page.locator('h1').textContent(), '四');
});

story('a browser that was closed while a pack was renewed renews it later, and bothers nobody', PHONE, async (phone) => {
    const trip = await plan(phone.page);
    await takeAlong(phone.page);
    const reached = new Promise((resolve) => {
        world.signal.holds = (path) => { if (path.endsWith('/trip.gpx')) { resolve(); return new Promise(() => {}); } return undefined; };
    });
    await rename(phone.page, '二');
    await reached;
    await phone.restart();
    await phone.page.goto('/about-data');
    world.signal.holds = null;
    await world.signal.cut();
    await phone.page.goto(trip);
    await stateIs(phone.page, 'kept');
    await world.signal.restore();
    await phone.page.goto(trip);
    await comesTrue(phone, isOfVersion, [idOf(trip), 2]);
});

story('a memory that fails leaves the site as it is without one', PHONE, async (phone) => {
    const { page } = phone;
    const trip = await away(phone);
    const worker = await workerOf(phone);
    await worker.evaluate(() => {
        const inTruth = within;
        self.within = (stores, mode, work) => (mode === 'readwrite' && stores.join() === 'queue'
            ? Promise.reject(new DOMException('full', 'QuotaExceededError'))
            : inTruth(stores, mode, work));
    });
    await page.locator('#settings').evaluate((it) => { for (const fold of it.querySelectorAll('details')) fold.open = true; });
    await page.locator('#settings [name=title]').fill('没有地方存的名字');
    await page.locator('#settings .form').getByRole('button').click();
    await page.getByText('这部设备给这个网站的地方不够，这处修改没有存下').first().waitFor();
    assert.equal(await page.locator('#settings [name=title]').inputValue(), '没有地方存的名字');

    await worker.evaluate(() => { self.within = () => Promise.reject(new DOMException('full', 'QuotaExceededError')); });
    const stop = await page.locator('.trip__name a').first().getAttribute('href');
    await page.goto(stop);
    await banner(page).waitFor();
    await world.signal.restore();
    await page.goto(trip);
    assert.equal(await banner(page).count(), 0);
    await rename(page, '有信号');
    assert.equal((await onTheServer(phone, trip)).title, '有信号');
    await page.goto(`/look?scheme=dark&back=${trip}`);
    assert.equal(await page.locator('html').getAttribute('data-scheme'), 'dark');
});

/** Lets what is kept of counties be from another time. */
const dates = async (at) => {
    const shared = await caches.open(COUNTIES);
    for (const request of await shared.keys()) {
        const kept = await shared.match(request);
        const headers = new Headers(kept.headers);
        headers.set('x-kept-at', String(at));
        await shared.put(request, new Response(await kept.blob(), { headers }));
    }
};

story('what was kept says its own age, and is fetched again where that cannot be', PHONE, async (phone) => {
    const { page } = phone;
    const trip = await away(phone);
    const ages = await (await workerOf(phone)).evaluate(async () => {
        const shared = await caches.open(COUNTIES);
        const kept = await Promise.all((await shared.keys()).map((request) => shared.match(request)));
        return kept.map((response) => [keptAt(response), Date.parse(response.headers.get('date'))]);
    });
    for (const [ours, theirs] of ages) assert.equal(ours, theirs, 'by the clock of the site');
    await (await workerOf(phone)).evaluate(dates, Date.UTC(2026, 0, 5, 4));
    await page.goto('/search?q=高椅');
    assert.match(await banner(page).textContent(), /2026年1月5日/);

    await world.signal.restore();
    for (const at of [Date.now() + 365 * 86_400_000, Date.now()]) {
        await page.goto(trip);
        await stateIs(page, 'kept');
        await (await workerOf(phone)).evaluate(dates, at);
        world.signal.asked.length = 0;
        await press(page, WORDS.zh.renew);
        await page.waitForFunction(() => document.querySelector('#along').dataset.state === 'working');
        await stateIs(page, 'kept');
        assert.ok(world.signal.asked.some((path) => path.startsWith('/packs/')), `searches are renewed, from ${at}`);
        assert.ok(world.signal.asked.some((path) => path.startsWith('/covers/')), 'and everything else');
    }
    await section(page).getByText('已存好').waitFor();
});

story('a browser that asks first whether it may keep things is not waited for', PHONE, async (phone) => {
    await phone.page.addInitScript(() => { StorageManager.prototype.persist = () => new Promise(() => {}); });
    await plan(phone.page);
    await takeAlong(phone.page);
});
