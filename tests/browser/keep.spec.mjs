// Saving, comparing, looking around and getting out of an app, as a traveller's browser shows it.

import assert from 'node:assert/strict';
import { assertAccessible, awake, inEnglish, leads, site, wear } from './site.mjs';

const it = site();

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
const NO_SCRIPT = { context: { javaScriptEnabled: false, viewport: PHONE } };
const LARGE_TARGET = 59.5;

const WECHAT = 'Mozilla/5.0 (Linux; Android 13; V2055A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231202 MicroMessenger/8.0.47.2560(0x28002F35) WeChat/arm64 NetType/WIFI';

const unfold = (page) => page.locator('details').evaluateAll((all) => all.forEach((it) => { it.open = true; }));

/** Saves the first few of a list from its cards. */
async function save(page, list, count) {
    for (let nth = 0; nth < count; nth += 1) {
        await page.goto(list);
        await page.locator('.card .keep__button').nth(nth).click();
        await page.waitForURL(/#kept-/);
    }
}

/** Nothing of the page reaches over the window's edge, but what has its own way to be moved sideways. */
async function assertFits(page) {
    const out = await page.locator('body *').evaluateAll((all) => all
        .filter((it) => it.checkVisibility() && !it.closest('.compare, svg, .visually-hidden, .skip-link'))
        .filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
        .map((it) => it.outerHTML.slice(0, 90)));
    assert.deepEqual(out, [], page.url());
}

it('a card is saved without script, and one is back where one was, told so', NO_SCRIPT, async ({ page }) => {
    await page.goto('/places?county=433123');
    const card = page.locator('.card').nth(2);
    const name = await card.locator('.card__title').textContent();
    assert.ok(!(await card.locator('.keep__done').isVisible()), 'nothing is said before');
    await card.getByRole('button', { name: '收藏' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/places\?county=433123#kept-/);
    const said = page.locator('.keep__done').filter({ visible: true });
    assert.equal(await said.count(), 1);
    assert.ok((await card.textContent()).includes('已收藏'));
    const inSight = async () => {
        const { y } = await said.boundingBox();
        return y >= 0 && y < PHONE.height;
    };
    // The page may still be gliding there.
    for (let tries = 0; tries < 50 && !(await inSight()); tries += 1) await page.waitForTimeout(100);
    assert.ok(await inSight(), 'it is in sight');
    await said.getByRole('link').click();
    assert.equal((await page.locator('.saved__name').first().textContent()).trim(), name.trim());
});

it('what is saved says so wherever it is shown, and the same button takes it out', { context: { viewport: PHONE } }, async ({ page }) => {
    await page.goto('/places/fenghuang-gucheng');
    const own = page.locator('main .keep__button').first();
    const id = await own.getAttribute('value');
    assert.equal(await own.textContent(), '收藏');
    await own.click();
    await page.waitForURL(`**#kept-${id}`);
    await page.getByRole('button', { name: '已收藏，移出' }).first().waitFor();
    await page.reload();
    await page.getByRole('button', { name: '已收藏，移出' }).first().waitFor();
    await assertAccessible(page);
    await page.goto(inEnglish('/search?q=凤凰古城'));
    await page.getByRole('button', { name: /^Saved; take it out: / }).first().waitFor();
    await page.goto('/places/fenghuang-gucheng');
    await page.getByRole('button', { name: '已收藏，移出' }).first().waitFor();
    const again = page.waitForResponse('**/saved/ids');
    await leads(page, () => page.getByRole('button', { name: '已收藏，移出' }).first().click());
    await (await again).finished();
    assert.equal(await own.textContent(), '收藏');
    assert.deepEqual(await (await page.request.get('/saved/ids')).json(), []);
});

it('saved listings are compared and become a trip, without script and by keyboard alone', NO_SCRIPT, async ({ page }) => {
    await save(page, '/places?county=433123', 3);
    await page.goto('/saved');
    const boxes = page.locator('.saved__item input');
    assert.equal(await boxes.count(), 3);
    for (let nth = 0; nth < 3; nth += 1) {
        await boxes.nth(nth).focus();
        await page.keyboard.press('Space');
    }
    await page.getByRole('button', { name: /并排比较/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/compare/);
    assert.equal(await page.locator('.compare thead th').count(), 3);
    assert.ok((await page.locator('.compare__differs').first().textContent()).includes('不同'));
    await page.goBack();
    for (let nth = 0; nth < 3; nth += 1) await boxes.nth(nth).check();
    await page.getByRole('button', { name: '用选中的排行程' }).click();
    await page.waitForURL(/\/trips\/new/);
    await page.locator('.form--page').getByRole('button').click();
    await page.waitForURL(/\/trips\/[0-9a-f]{32}/);
    assert.equal(await page.locator('.trip__name').count(), 3);
    await page.goto('/saved');
    await boxes.first().check();
    await page.getByRole('button', { name: '移出选中的' }).click();
    await page.waitForURL('**/saved#removed');
    assert.equal(await boxes.count(), 2);
    assert.ok(await page.locator('#removed').isVisible());
});

for (const { name, address, look, viewport } of [
    { name: 'in Chinese', address: (path) => path, look: 'normal.light', viewport: WIDE },
    { name: 'in English on a phone', address: inEnglish, look: 'normal.light', viewport: PHONE },
    { name: 'in the elder version on a phone', address: (path) => path, look: 'elder.light', viewport: PHONE },
    { name: 'in the dark', address: (path) => path, look: 'normal.dark', viewport: PHONE },
]) {
    it(`what is saved, compared and near is accessible and fits ${name}`, { context: { viewport } }, async ({ page, visitor, url }) => {
        await wear(visitor, url, look);
        await save(page, address('/places'), 1);
        await assertAccessible(page);
        await save(page, address('/stays'), 2);
        for (const path of ['/saved', '/compare?ids=pl-001,pl-002,st-001,pd-001', '/compare', '/near', '/near?at=433123', '/near?near=39.9,116.4']) {
            await page.goto(address(path));
            await awake(page);
            await unfold(page);
            await assertAccessible(page);
            await assertFits(page);
        }
    });
}

it('the first column of a comparison stays while the others are moved', { context: { viewport: PHONE } }, async ({ page }) => {
    await page.goto('/compare?ids=pl-001,pl-002,pl-003,pl-004');
    const table = page.locator('.compare');
    const left = () => page.locator('.compare tbody th').first().boundingBox().then((box) => Math.round(box.x));
    const before = await left();
    await table.focus();
    for (let times = 0; times < 8; times += 1) await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelector('.compare').scrollLeft > 50);
    assert.ok(Math.abs(await left() - before) <= 2);
    const column = await page.locator('.compare thead th').nth(1).boundingBox();
    assert.ok(column.width >= 120, 'a column is wide enough to be read');
});

it('whatever is pressed here is at least 60 by 60 in the elder version', { context: { viewport: PHONE } }, async ({ page, visitor, url }) => {
    await wear(visitor, url, 'elder.auto');
    await save(page, '/places', 2);
    for (const path of ['/saved', '/near', '/compare?ids=pl-001,pl-002']) {
        await page.goto(path);
        await awake(page);
        await unfold(page);
        const pressed = page.locator('main').locator('button, summary, .field, .saved__name, .saved__more a, .near__regions a, .compare thead a, a.button');
        const small = await pressed.evaluateAll((all, least) => all
            .filter((it) => it.checkVisibility() && !it.closest('.map'))
            .map((it) => [it.outerHTML.slice(0, 90), it.getBoundingClientRect()])
            .filter(([, box]) => box.height < least || box.width < least)
            .map(([html, box]) => `${box.width} by ${box.height}: ${html}`), LARGE_TARGET);
        assert.deepEqual(small, [], path);
    }
});

it('with GPS refused it is said why, and a name or the map still leads there', { context: { viewport: PHONE, permissions: [] } }, async ({ page, visitor }) => {
    await visitor.clearPermissions();
    await page.goto('/near');
    await awake(page);
    await page.getByRole('button', { name: '用我的位置' }).click();
    const said = page.locator('.near__said');
    await said.filter({ hasText: /没有得到定位的许可|定不了位/ }).waitFor();
    await page.locator('#near-q').fill('凤凰县');
    await page.locator('.near__form').getByRole('button').click();
    await page.waitForURL(/\/near\?q=/);
    assert.ok((await page.locator('h1').textContent()).includes('凤凰县'));
    assert.ok(await page.locator('.card').count() >= 8);
    await page.goto('/near');
    await page.locator('.map__point').filter({ hasText: '湘西' }).first().click();
    await page.waitForURL(/\/near\?at=433100/);
});

it('a position is asked for only when the button is pressed, and sent rounded', {
    context: { viewport: PHONE, permissions: ['geolocation'], geolocation: { latitude: 27.9512345, longitude: 109.5987654 } },
}, async ({ page }) => {
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto('/en/near');
    await awake(page);
    assert.ok(!asked.some((url) => url.includes('near=')), 'nothing is sent unasked');
    await page.getByRole('button', { name: 'Use my position' }).click();
    await page.waitForURL(/\/en\/near\?near=27\.951,109\.599$/);
    assert.ok(!asked.some((url) => url.includes('27.9512')), 'nor more closely than it is said');
    assert.ok((await page.locator('main').textContent()).includes('Fenghuang'));
});

it('looking around needs no script', NO_SCRIPT, async ({ page }) => {
    await page.goto('/near');
    assert.equal(await page.getByRole('button', { name: '用我的位置' }).count(), 0, 'what needs script is not there');
    await page.locator('.near__regions').getByRole('link', { name: '张家界市' }).click();
    await page.locator('.near__regions').getByRole('link', { name: '永定区' }).click();
    assert.ok((await page.locator('h1').textContent()).includes('永定区'));
    assert.ok(await page.locator('.card').count() > 4);
});

it('inside WeChat the way out stands where maps and files would not open', { context: { viewport: PHONE, userAgent: WECHAT, javaScriptEnabled: false } }, async ({ page }) => {
    await page.goto('/places/fenghuang-gucheng');
    assert.ok((await page.locator('#directions .in-app').textContent()).includes('在浏览器打开'));
    assert.equal(await page.locator('#directions a[href*="amap.com"]').count(), 0);
    assert.ok(await page.locator('.qr svg').isVisible());
    await assertFits(page);
    await page.goto('/trips/new?route=zuimei-dongxiang');
    await page.locator('.form--page').getByRole('button').click();
    await page.waitForURL(/\/trips\/[0-9a-f]{32}/);
    assert.equal(await page.locator('a[download]').count(), 0);
    await page.locator('#share-rights').selectOption('edit');
    await page.locator('#sharing .form').getByRole('button').click();
    await page.waitForURL('**#sharing');
    const link = await page.locator('#exports .qr__address a').getAttribute('href');
    assert.ok(link.includes('/trips/shared/'), link);
    assert.ok(await page.locator('#exports svg').isVisible());
    await assertFits(page);
});
