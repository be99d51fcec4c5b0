// What moves: suggestions, the drawer of filters, the map, light and dark, copying.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { PAGES, awake, site } from './site.mjs';

const it = site();

const PHONE = { context: { viewport: { width: 360, height: 740 } } };
const WITH_CLIPBOARD = { context: { permissions: ['clipboard-read', 'clipboard-write'] } };
const SUGGEST = '**/api/v1/suggest?*';
/** Longer than the typing must rest before anything is asked. */
const RESTED = 400;

it('suggestions appear as one types', async ({ page }) => {
    const box = await home(page);
    await box.pressSequentially('凤凰古城');
    const first = page.getByRole('option').first();
    await first.waitFor();
    assert.match(await first.textContent(), /凤凰古城/);
});

it('a click on a suggestion goes there', async ({ page }) => {
    const box = await home(page);
    await box.pressSequentially('凤凰古城');
    await page.getByRole('option', { name: '凤凰古城旅游区' }).click();
    await page.waitForURL('**/places/fenghuang-gucheng');
});

it('suggestions on an English page are in English', async ({ page }) => {
    await page.goto('/en');
    await awake(page);
    await page.getByRole('combobox').pressSequentially('fenghuang');
    const first = page.getByRole('option').first();
    await first.waitFor();
    assert.match(await first.locator('.search-suggest__text').textContent(), /^[\x20-\x7e]+$/);
});

it('typing on asks once, when it rests', async ({ page }) => {
    const asked = countSuggests(page);
    const box = await home(page);
    await box.pressSequentially('fenghuang', { delay: 20 });
    await page.getByRole('option').first().waitFor();
    assert.equal(asked.length, 1, asked.join(' '));
});

it('a late answer does not overwrite a newer one', async ({ page }) => {
    // The browser may not be able to take a question back; then only the number of the answer tells.
    await page.addInitScript(() => { AbortController.prototype.abort = () => {}; });
    let answer;
    const late = new Promise((resolve) => { answer = resolve; });
    await page.route(SUGGEST, async (route) => {
        const typed = new URL(route.request().url()).searchParams.get('q');
        if (typed === '凤') await late;
        await route.fulfill({ json: { suggestions: [{ text: `给${typed}的`, kind: 'place', url: '/places' }] } });
    });
    const box = await home(page);
    const first = page.waitForRequest(SUGGEST);
    await box.pressSequentially('凤');
    await first;
    await box.pressSequentially('凰');
    await page.getByRole('option', { name: '给凤凰的' }).waitFor();
    const answered = page.waitForResponse((response) => response.url().endsWith(`q=${encodeURIComponent('凤')}&lang=zh`));
    answer();
    await answered;
    await pause(RESTED);
    assert.deepEqual(await page.locator('.search-suggest__text').allTextContents(), ['给凤凰的']);
});

it('a server that fails leaves the field as it is', async ({ page }) => {
    await page.route(SUGGEST, (route) => route.fulfill({ status: 500, body: 'no' }));
    const box = await home(page);
    const failed = page.waitForResponse(SUGGEST);
    await box.pressSequentially('凤凰');
    await failed;
    await box.press('Enter');
    await page.waitForURL('**/search?*');
    assert.equal(new URL(page.url()).searchParams.get('q'), '凤凰');
});

it('nothing is asked while an input method composes, and once when it is done', async ({ page, visitor }) => {
    const asked = countSuggests(page);
    const box = await home(page);
    await box.focus();
    const keyboard = await visitor.newCDPSession(page);
    for (const text of ['f', 'fe', 'feng', 'feng huang']) {
        await keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
        await pause(RESTED / 2);
    }
    assert.deepEqual(asked, [], 'while composing');
    await keyboard.send('Input.insertText', { text: '凤凰' });
    await page.getByRole('option').first().waitFor();
    assert.deepEqual(asked, ['凤凰']);
});

it('whoever saves data is asked nothing of the network', async ({ page }) => {
    await page.addInitScript(() => {
        Object.defineProperty(navigator, 'connection', { value: { saveData: true, effectiveType: '4g' } });
    });
    const asked = countSuggests(page);
    await page.goto('/');
    await awake(page);
    await page.getByRole('searchbox').pressSequentially('凤凰');
    await pause(RESTED);
    assert.deepEqual(asked, []);
});

it('the drawer of filters is closed at first on a phone', PHONE, async ({ page }) => {
    await listing(page);
    assert.equal(await drawer(page).isVisible(), false);
});

it('the drawer takes the focus and gives it back', PHONE, async ({ page }) => {
    const open = await listing(page);
    await open.click();
    await drawer(page).waitFor();
    // The browser tells the island of both a moment after they are seen.
    await page.waitForFunction(() => document.querySelector('.drawer__panel').contains(document.activeElement));
    await page.locator('.drawer__open[aria-expanded=true]').waitFor();
    await page.keyboard.press('Escape');
    await drawer(page).waitFor({ state: 'hidden' });
    await page.locator('.drawer__open[aria-expanded=false]').waitFor();
    assert.ok(await open.evaluate((button) => button === document.activeElement), 'the focus is on the button again');
});

it('the drawer\'s own button closes it', PHONE, async ({ page }) => {
    const open = await listing(page);
    await open.click();
    await page.getByRole('button', { name: '关闭' }).click();
    await drawer(page).waitFor({ state: 'hidden' });
    assert.ok(await open.evaluate((button) => button === document.activeElement));
});

it('the focus does not wander behind the open drawer', PHONE, async ({ page }) => {
    const open = await listing(page);
    await open.click();
    await page.getByRole('button', { name: '按条件筛选' }).focus();
    await page.keyboard.press('Tab');
    const inside = await drawer(page).evaluate((panel) => panel.contains(document.activeElement));
    assert.ok(inside || !await drawer(page).isVisible(), 'the drawer keeps the focus, or closes');
});

it('the drawer applies by its button, and the address carries what was chosen', PHONE, async ({ page }) => {
    const open = await listing(page);
    const all = await total(page);
    await open.click();
    await page.getByRole('checkbox', { name: /古镇/ }).check();
    assert.equal(new URL(page.url()).search, '', 'nothing is applied before');
    await page.getByRole('button', { name: '按条件筛选' }).click();
    await page.waitForURL('**/places?*');
    assert.equal(new URL(page.url()).searchParams.get('tag'), 'old-town');
    assert.ok(await total(page) < all);
});

it('going back brings back what was shown, and its filters', PHONE, async ({ page }) => {
    const open = await listing(page);
    const all = await total(page);
    await open.click();
    await page.getByRole('checkbox', { name: /古镇/ }).check();
    await page.getByRole('button', { name: '按条件筛选' }).click();
    await page.waitForURL('**/places?*');
    await page.goBack();
    await awake(page);
    assert.equal(await total(page), all);
    await page.getByRole('button', { name: '筛选', exact: true }).click();
    assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 0, 'no box says otherwise');
});

it('on a wide window the filters stand beside the results', async ({ page }) => {
    await listing(page);
    assert.ok(await page.getByRole('checkbox', { name: /古镇/ }).isVisible());
    assert.equal(await page.getByRole('button', { name: '筛选', exact: true }).count(), 0);
});

for (const type of ['home', 'route', 'county']) {
    it(`the map on ${type} grows by its button and comes back by another`, async ({ page }) => {
        await page.goto(PAGES[type]);
        await awake(page);
        const map = page.locator('.map-view').first();
        const whole = await viewBox(map);
        await map.getByRole('button', { name: '放大地图' }).click();
        assert.ok((await viewBox(map))[2] < whole[2], 'less of it is shown');
        await map.getByRole('button', { name: '显示全图' }).click();
        assert.deepEqual(await viewBox(map), whole);
    });
}

for (const type of ['home', 'route', 'county']) {
    it(`the buttons of the map on ${type} lie over none of its marks and names`, async ({ page }) => {
        await page.goto(PAGES[type]);
        await awake(page);
        const covered = await page.locator('.map-view').first().evaluate((map) => {
            const shown = [...map.querySelectorAll('button')].filter((it) => it.checkVisibility());
            const buttons = shown.map((it) => it.getBoundingClientRect());
            const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
            const marks = [...map.querySelectorAll('.map__label, .map__number, .map__pin')];
            const under = marks.filter((it) => buttons.some((button) => meets(button, it.getBoundingClientRect())));
            return under.map((it) => it.closest('.map__point').textContent);
        });
        assert.deepEqual([...new Set(covered)], []);
    });
}

it('whatever a drag does on the map, a button does too', async ({ page }) => {
    await page.goto('/');
    await awake(page);
    const map = page.locator('.map-view');
    const left = async () => (await viewBox(map))[0];
    await map.getByRole('button', { name: '放大地图' }).click();
    const zoomed = await left();
    await map.getByRole('button', { name: '向右移' }).click();
    assert.ok(await left() > zoomed, 'by the button');
    await map.getByRole('button', { name: '向左移' }).click();
    await map.locator('svg').scrollIntoViewIfNeeded();
    const box = await map.locator('svg').boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 - 60, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    assert.ok(await left() > zoomed, 'by dragging');
    assert.equal(new URL(page.url()).pathname, '/', 'no pin under the mouse was followed');
});

it('a pin of the map leads to its place', async ({ page }) => {
    await page.goto('/');
    await awake(page);
    await page.locator('svg a[href="/places/fenghuang-gucheng"]').click();
    await page.waitForURL('**/places/fenghuang-gucheng');
});

it('the wheel over the map scrolls the page', async ({ page }) => {
    await page.goto('/');
    await awake(page);
    const map = page.locator('.map-view');
    await map.locator('svg').hover();
    const [before, whole] = [await page.evaluate(() => scrollY), await viewBox(map)];
    await page.mouse.wheel(0, 200);
    await page.waitForFunction((before) => scrollY > before, before);
    assert.deepEqual(await viewBox(map), whole);
});

it('dark comes at once, without another page, and stays', async ({ page }) => {
    await page.goto(PAGES.place);
    await awake(page);
    await page.evaluate(() => { window.samePage = true; });
    await page.getByRole('link', { name: '深色' }).click();
    assert.equal(await page.locator('html').getAttribute('data-scheme'), 'dark');
    assert.equal(await page.evaluate(() => window.samePage), true);
    await page.reload();
    assert.equal(await page.locator('html').getAttribute('data-scheme'), 'dark', 'after loading again');
});

it('a change of light is said to those who cannot see it', async ({ page }) => {
    await page.goto(PAGES.place);
    await awake(page);
    await page.getByRole('link', { name: '深色' }).click();
    assert.equal(await page.locator('.look-switches [role=status]').textContent(), '深色');
});

it('the larger letters come on the same page, and stay', async ({ page }) => {
    await page.goto(PAGES['search with hits']);
    await awake(page);
    const address = page.url();
    await page.getByRole('link', { name: '长辈版' }).click();
    await page.locator('html[data-size=elder]').waitFor({ state: 'attached' });
    assert.equal(page.url(), address);
    await page.reload();
    assert.equal(await page.locator('html').getAttribute('data-size'), 'elder', 'after loading again');
});

it('light and large are kept apart', async ({ page }) => {
    await page.goto('/');
    await awake(page);
    await page.getByRole('link', { name: '深色' }).click();
    await page.getByRole('link', { name: '长辈版' }).click();
    await page.locator('html[data-size=elder]').waitFor({ state: 'attached' });
    assert.equal(await page.locator('html').getAttribute('data-scheme'), 'dark');
});

it('the name is copied, and it is said', WITH_CLIPBOARD, async ({ page }) => {
    await page.goto(PAGES.place);
    await awake(page);
    const copy = page.locator('.navlinks .copy');
    await copy.getByRole('button', { name: '复制地名' }).click();
    await copy.getByRole('status').filter({ hasText: '已复制' }).waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /凤凰县 凤凰古城旅游区$/);
});

it('where no clipboard is, the text is laid out to be copied by hand', async ({ page }) => {
    await page.addInitScript(() => {
        Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });
        document.execCommand = () => false;
    });
    await page.goto(PAGES.place);
    await awake(page);
    const copy = page.locator('.navlinks .copy');
    await copy.getByRole('button', { name: '复制地名' }).click();
    assert.match(await copy.getByRole('textbox').inputValue(), /凤凰古城旅游区$/);
    assert.match(await page.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart)), /凤凰古城/);
});

/** Opens the front page; its search box. */
async function home(page) {
    await page.goto('/');
    await awake(page);
    return page.getByRole('combobox');
}

/** Opens a list; the button of its drawer. */
async function listing(page) {
    await page.goto('/places');
    await awake(page);
    return page.getByRole('button', { name: '筛选', exact: true });
}

const drawer = (page) => page.locator('.drawer__panel');

const total = async (page) => Number((await page.locator('.results__count').textContent()).match(/\d+/)[0]);

/** x, y, width and height of what a map shows; the browser keeps only so many digits. */
async function viewBox(map) {
    const shown = await map.locator('svg').getAttribute('viewBox');
    return shown.split(' ').map((number) => Number(Number(number).toFixed(3)));
}

/** Gathers what is asked for from now on. */
function countSuggests(page) {
    const asked = [];
    page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.pathname === '/api/v1/suggest') asked.push(url.searchParams.get('q'));
    });
    return asked;
}
