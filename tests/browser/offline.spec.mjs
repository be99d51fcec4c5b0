// A trip taken along: the signal goes, the browser is closed, the trip is searched and changed, and everything is there again.

import assert from 'node:assert/strict';
import {
    apart, banner, DESK, moveFirstStop, onTheServer, PHONE, plan, press, rename, saysUnsent, section, stateIs, stops, stories, takeAlong, WORDS,
} from './along.mjs';
import { assertAccessible, awake, leads, wear } from './site.mjs';

const { story, world } = stories();

story('a trip is kept, read, searched and changed without signal, and all of it reaches the server', PHONE, async (phone) => {
    const trip = await plan(phone.page);
    await takeAlong(phone.page);
    await assertAccessible(phone.page);
    const before = await stops(phone.page);
    await world.signal.cut();
    await phone.restart();

    const { page } = phone;
    await page.goto(trip);
    await banner(page).waitFor();
    assert.deepEqual(await stops(page), before);
    await awake(page);
    await assertAccessible(page);

    // As one types it: characters, sounds, first letters.
    for (const typed of ['高椅', 'gaoyi', 'gygc']) {
        await page.locator('form[role=search] [name=q]').first().fill(typed);
        await page.locator('form[role=search]').first().getByRole('button', { name: '搜索' }).click();
        await page.waitForURL(`**/search?q=${encodeURIComponent(typed)}*`);
        await banner(page).waitFor();
        const found = await page.locator('.card__title').allTextContents();
        assert.ok(found.some((title) => title.includes('高椅古村')), `${typed}: ${found}`);
    }
    await assertAccessible(page);

    await page.goto(trip);
    await moveFirstStop(page);
    await rename(page, '没有信号时改的名字');
    await saysUnsent(page, 2);
    await phone.restart();
    await phone.page.goto(trip);
    assert.deepEqual(await stops(phone.page), before.toReversed());
    assert.equal(await phone.page.locator('h1').textContent(), '没有信号时改的名字');
    assert.notEqual((await onTheServer(phone, trip)).title, '没有信号时改的名字', 'the server cannot know yet');

    await world.signal.restore();
    await phone.page.goto(trip);
    assert.equal(await banner(phone.page).count(), 0, 'the page is the server\'s');
    await phone.page.waitForFunction(() => document.querySelector('#along [data-unsent]').hidden);
    const now = await onTheServer(phone, trip);
    assert.equal(now.title, '没有信号时改的名字');
    assert.deepEqual(now.names.slice(0, before.length), before.toReversed());
});

story('in English on a wide screen, what was not kept says so and leads to what was', DESK, async (phone) => {
    const { page } = phone;
    const trip = await plan(page, '/en');
    await stateIs(page, 'none');
    await press(page, WORDS.en.ask);
    await stateIs(page, 'offered');
    const said = await section(page).locator('[data-say=offer]').textContent();
    await assertAccessible(page);
    await press(page, WORDS.en.take);
    await stateIs(page, 'kept');
    const kept = await section(page).locator('[data-say=kept]').textContent();
    const size = (text) => { const [, number, unit] = text.match(/([\d.]+) (kB|MB)/); return number * (unit === 'MB' ? 1000 : 1); };
    assert.ok(Math.abs(size(said) / size(kept) - 1) < 0.1, `said before: ${said}; afterwards: ${kept}`);
    assert.match(await section(page).locator('[data-list]').textContent(), /Covers: \d+/);

    const stop = await page.locator('.trip__name a').first().getAttribute('href');
    const files = await section(page).page().locator('#exports a[href$="trip.gpx"]').first().getAttribute('href');
    await world.signal.cut();
    await page.goto(stop);
    await banner(page).waitFor();
    assert.match(await banner(page).textContent(), /A copy kept on this device/);
    await page.goto(`${trip}/print`);
    assert.equal(await page.locator('.sheet__code svg').count(), 6);
    const gpx = await page.evaluate(async (path) => (await fetch(path)).text(), files);
    assert.match(gpx, /<gpx/);

    await page.goto('/en/about-data');
    assert.equal(await page.locator('h1').textContent(), 'No signal');
    await assertAccessible(page);
    await page.getByRole('main').locator('.trip-list a').click();
    assert.equal(new URL(page.url()).pathname, trip);
    await page.goto('/en/trips');
    assert.equal(await page.locator('.trip-list__item').count(), 1);
    await page.goto('/look?scheme=dark&back=/en/trips');
    assert.equal(await page.locator('html').getAttribute('data-scheme'), 'dark', 'another look needs no signal');
    await world.signal.restore();
    await page.goto('/en/trips');
    const looks = async () => (await phone.context.cookies()).find(({ name }) => name === 'look')?.value;
    while (await looks() !== 'normal.dark') await page.waitForTimeout(50);
    await page.goto('/en/about-data');
    assert.equal(await page.locator('h1').count(), 1);
    assert.equal(await page.locator('html').getAttribute('data-scheme'), 'dark', 'and the server was told of it');
});

story('two have changed one trip: both changes are shown, and nothing is lost', PHONE, async (phone) => {
    const { page } = phone;
    const { trip, other, before } = await apart(phone);
    await moveFirstStop(page);
    await rename(page, '手机上的名字');
    await other.rename('同伴的名字');

    await world.signal.restore();
    await page.goto(trip);
    await page.waitForURL(`**${trip}/unsent`);
    const said = await page.getByRole('main').textContent();
    assert.match(said, /同伴的名字/);
    assert.match(said, /后面还有1处修改/);
    await assertAccessible(page);

    await page.getByRole('link', { name: /以后再决定/ }).click();
    assert.equal(await page.locator('h1').textContent(), '同伴的名字', 'the trip as it is at the server');
    await page.waitForFunction(() => !document.querySelector('#along [data-stuck]').hidden);
    await section(page).getByRole('link', { name: '有一处要你决定' }).click();
    await page.getByRole('button', { name: '在新的版本上照做' }).click();
    // The name that was given here means the same wherever the stops stand: nobody is asked about it.
    await page.waitForURL(`**${trip}`);
    const now = await onTheServer(phone, trip);
    assert.deepEqual(now.names.slice(0, before.length), before.toReversed(), 'the move was made on the new version');
    assert.equal(now.title, '手机上的名字');
});

story('a change that is dropped is gone, and only that one', PHONE, async (phone) => {
    const { page } = phone;
    const { trip, other, before } = await apart(phone);
    await rename(page, '手机上的名字');
    await moveFirstStop(page);
    await other.rename('同伴的名字');
    await world.signal.restore();
    await page.goto(trip);
    await leads(page, () => page.getByRole('button', { name: '这一处不要了' }).click());
    await page.getByRole('button', { name: '在新的版本上照做' }).click();
    await page.waitForURL(`**${trip}`);
    const now = await onTheServer(phone, trip);
    assert.equal(now.title, '同伴的名字');
    assert.deepEqual(now.names.slice(0, before.length), before.toReversed());
});

story('another edition of the site keeps what was taken along and what was not sent', PHONE, async (phone) => {
    const trip = await plan(phone.page);
    await takeAlong(phone.page);
    await world.signal.cut();
    await phone.page.goto(trip);
    await rename(phone.page, '更新之前改的');
    await phone.restart();

    // The worker of the other edition knows nothing of changes for now: what it finds here must be enough.
    world.signal.rewrite = (path, body) => (path === '/sw.js' ? String(body).replace(/const BUILD = '\w+'/, "const BUILD = 'other'") : body);
    world.signal.refuses = (path) => path.endsWith('/edit');
    await world.signal.restore();
    const { page } = phone;
    await page.goto('/about-data');
    await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        await registration.update();
    });
    await page.waitForFunction(async () => (await caches.keys()).includes('shell-other'));
    await world.signal.cut();
    world.signal.refuses = () => false;
    await phone.restart();
    await phone.page.goto(trip);
    assert.equal(await phone.page.locator('h1').textContent(), '更新之前改的');
    const paper = await phone.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.notEqual(paper, 'rgba(0, 0, 0, 0)', 'and it has its style');
    await phone.page.goto(await phone.page.locator('.trip__name a').first().getAttribute('href'));
    await banner(phone.page).waitFor();

    await world.signal.restore();
    await phone.page.goto(trip);
    assert.equal((await onTheServer(phone, trip)).title, '更新之前改的');
    await phone.page.waitForFunction(async () => (await caches.keys()).filter((name) => name.startsWith('shell-')).join() === 'shell-other');
});

story('half a pack is no pack, and goes on where it stopped', PHONE, async (phone) => {
    const trip = await plan(phone.page);
    await stateIs(phone.page, 'none');
    await press(phone.page, WORDS.zh.ask);
    await stateIs(phone.page, 'offered');
    world.signal.cutsAt = (path) => path.endsWith('/trip.gpx');
    await press(phone.page, WORDS.zh.take);
    await stateIs(phone.page, 'halted');
    assert.match(await section(phone.page).textContent(), /网络断了，还没存完。已经存下的没有丢/);
    await assertAccessible(phone.page);
    await phone.restart();
    world.signal.cutsAt = () => false;
    await world.signal.restore();
    await phone.page.goto(trip);
    await stateIs(phone.page, 'halted');
    const there = await phone.page.evaluate(async () => {
        const staging = (await caches.keys()).find((name) => name.startsWith('trip-'));
        const kept = await (await caches.open(staging)).keys();
        return kept.map(({ url }) => new URL(url).pathname);
    });
    assert.ok(there.length > 6 && !there.includes(`${trip}/trip.gpx`), there.join(' '));
    world.signal.asked.length = 0;
    await press(phone.page, WORDS.zh.goOn);
    await stateIs(phone.page, 'kept');
    assert.ok(world.signal.asked.includes(`${trip}/trip.gpx`));
    assert.deepEqual(world.signal.asked.filter((path) => there.includes(path)), [], 'nothing is fetched twice');
    await world.signal.cut();
    await phone.page.goto(trip);
    await banner(phone.page).waitFor();
});

story('where there is no room, what is kept stays and the rest can follow', PHONE, async (phone) => {
    const trip = await plan(phone.page);
    const devtools = await phone.context.newCDPSession(phone.page);
    const origin = world.signal.url;
    await stateIs(phone.page, 'none');
    await press(phone.page, WORDS.zh.ask);
    await stateIs(phone.page, 'offered');
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 60_000 });
    await press(phone.page, WORDS.zh.take);
    await stateIs(phone.page, 'halted');
    const storageFull = section(phone.page).locator('[data-why=storage]:not([hidden])');
    assert.match(await storageFull.textContent(), /存不下了/, 'not even the site itself has room');

    // Now the site has room, and the trip has not.
    const used = await phone.page.evaluate(async () => (await navigator.storage.estimate()).usage);
    const site = await phone.page.evaluate(async () => {
        const worker = await (await fetch('/sw.js')).text();
        return JSON.parse(worker.match(/const SHELL = (.*);/)[1]).reduce((sum, [, bytes]) => sum + bytes, 0);
    });
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: used + site + 500_000 });
    await press(phone.page, WORDS.zh.goOn);
    await phone.page.waitForFunction(() => document.querySelector('#along').dataset.state === 'working');
    await stateIs(phone.page, 'halted');
    assert.match(await storageFull.textContent(), /存不下了/);
    const kept = () => phone.page.evaluate(async () => {
        const name = (await caches.keys()).find((it) => it.startsWith('trip-'));
        return (await (await caches.open(name)).keys()).length;
    });
    assert.ok(await kept() > 0, 'what had room is kept');
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
    await press(phone.page, WORDS.zh.goOn);
    await stateIs(phone.page, 'kept');
    await world.signal.cut();
    await phone.page.goto(trip);
    await banner(phone.page).waitFor();
});

story('two tabs without signal: the later one sees both changes', PHONE, async (phone) => {
    const { page } = phone;
    const trip = await plan(page);
    await takeAlong(page);
    await world.signal.cut();
    await page.goto(trip);
    const tab = await phone.context.newPage();
    await tab.goto(trip);
    await rename(page, '第一个窗口');
    await tab.locator('#settings').evaluate((it) => { for (const fold of it.querySelectorAll('details')) fold.open = true; });
    await tab.locator('#settings [name=title]').fill('第二个窗口');
    await tab.locator('#settings .form').getByRole('button').click();
    await tab.getByRole('button', { name: '在新的版本上照做' }).waitFor();
    const said = await tab.getByRole('main').textContent();
    assert.match(said, /第一个窗口/);
    assert.match(said, /第二个窗口/);
    await tab.getByRole('button', { name: '在新的版本上照做' }).click();
    await tab.getByRole('heading', { level: 1, name: '第二个窗口' }).waitFor();
    await world.signal.restore();
    await Promise.all([page.goto(trip), tab.goto(trip)]);
    assert.equal((await onTheServer(phone, trip)).title, '第二个窗口');
});

story('a keyboard is enough, and what is kept can be removed', PHONE, async (phone) => {
    const { page } = phone;
    const trip = await plan(page);
    await stateIs(page, 'none');
    await section(page).getByRole('button', { name: WORDS.zh.ask }).focus();
    await page.keyboard.press('Enter');
    await stateIs(page, 'offered');
    await page.keyboard.press('Enter');
    await stateIs(page, 'kept');
    assert.equal(await page.evaluate(() => document.activeElement.classList.contains('along__kept')), true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), WORDS.zh.remove);
    await page.keyboard.press('Enter');
    await stateIs(page, 'none');
    assert.deepEqual(await page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('trip-'))), []);
    assert.equal(await page.evaluate(async () => (await (await caches.open('counties')).keys()).length), 0);
    await world.signal.cut();
    await page.goto(trip);
    assert.equal(await page.locator('h1').textContent(), '没有信号', 'and it is not there any more');
});

for (const [name, init, expected] of [
    ['a browser without workers', () => { delete Navigator.prototype.serviceWorker; }, '这个浏览器不能把行程存下来'],
    ['a page inside an app', () => {
        delete Navigator.prototype.serviceWorker;
        Object.defineProperty(navigator, 'userAgent', { value: 'Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50' });
    }, '在手机浏览器里打开再存'],
]) {
    story(`${name} says what else can be done`, PHONE, async (phone) => {
        await phone.page.addInitScript(init);
        await plan(phone.page);
        await section(phone.page).getByText(expected).waitFor();
        assert.equal(await section(phone.page).getByRole('button').filter({ visible: true }).count(), 0);
    });
}

story('without script the page says that paper and files are the way', { ...PHONE, javaScriptEnabled: false }, async (phone) => {
    await plan(phone.page);
    await section(phone.page).getByText('可以打印出来，或者下载上面的文件').waitFor();
    assert.equal(await section(phone.page).getByRole('button').filter({ visible: true }).count(), 0);
});

story('in the elder version on a phone every state fits, and every button is large', PHONE, async (phone) => {
    await wear(phone.context, world.signal.url, 'elder.auto');
    const { page } = phone;
    await plan(page);
    const check = async () => {
        const out = await section(page).locator('*').evaluateAll((all) => all
            .filter((it) => it.checkVisibility() && it.getBoundingClientRect().right > innerWidth + 1)
            .map((it) => it.outerHTML.slice(0, 90)));
        assert.deepEqual(out, []);
        const small = await section(page).locator('button, a').evaluateAll((all) => all
            .filter((it) => it.checkVisibility())
            .filter((it) => Math.min(it.getBoundingClientRect().height, it.getBoundingClientRect().width) < 59.5)
            .map((it) => it.outerHTML.slice(0, 90)));
        assert.deepEqual(small, []);
    };
    await stateIs(page, 'none');
    await check();
    await press(page, WORDS.zh.ask);
    await stateIs(page, 'offered');
    await check();
    await press(page, WORDS.zh.take);
    await stateIs(page, 'kept');
    await check();
    await assertAccessible(page);
});
