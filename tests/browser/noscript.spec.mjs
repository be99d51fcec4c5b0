// Without script: everything is a link or a form, and nothing pretends otherwise.

import assert from 'node:assert/strict';
import { PAGES, site } from './site.mjs';

const it = site();

const NO_SCRIPT = { context: { javaScriptEnabled: false } };
const NO_SCRIPT_PHONE = { context: { javaScriptEnabled: false, viewport: { width: 360, height: 740 } } };

it('search is a form', NO_SCRIPT, async ({ page }) => {
    await page.goto('/');
    await page.getByRole('searchbox').fill('凤凰古城');
    await page.getByRole('button', { name: '搜索' }).click();
    assert.equal(new URL(page.url()).pathname, '/search');
    await page.getByRole('main').getByRole('link', { name: '凤凰古城旅游区', exact: true }).click();
    assert.equal(new URL(page.url()).pathname, PAGES.place);
});

it('filters are a form', NO_SCRIPT, async ({ page }) => {
    await page.goto('/places');
    const all = await total(page);
    await page.getByRole('checkbox', { name: /古镇/ }).check();
    await page.getByRole('checkbox', { name: /^5A/ }).check();
    await page.getByRole('button', { name: '按条件筛选' }).click();
    const { searchParams } = new URL(page.url());
    assert.deepEqual([searchParams.get('tag'), searchParams.get('grade')], ['old-town', '5A']);
    assert.ok(await total(page) < all);
});

it('filters open on a phone as well', NO_SCRIPT_PHONE, async ({ page }) => {
    await page.goto('/places');
    await page.getByRole('button', { name: '筛选', exact: true }).click();
    await page.getByRole('checkbox', { name: /古镇/ }).check();
    await page.getByRole('button', { name: '按条件筛选' }).click();
    assert.equal(new URL(page.url()).searchParams.get('tag'), 'old-town');
});

it('a filter keeps what is searched for', NO_SCRIPT, async ({ page }) => {
    await page.goto('/search?q=凤凰');
    await page.getByRole('checkbox', { name: /^去处/ }).check();
    await page.getByRole('button', { name: '按条件筛选' }).click();
    const { searchParams } = new URL(page.url());
    assert.deepEqual([searchParams.get('q'), searchParams.get('kind')], ['凤凰', 'place']);
});

it('every filter in force is taken away by a link', NO_SCRIPT, async ({ page }) => {
    await page.goto('/places?tag=old-town&grade=5A');
    const narrowed = await total(page);
    await page.getByRole('link', { name: /去掉“5A”/ }).click();
    const { searchParams } = new URL(page.url());
    assert.deepEqual([searchParams.get('tag'), searchParams.get('grade')], ['old-town', null]);
    assert.ok(await total(page) > narrowed);
    await page.getByRole('link', { name: /去掉“古镇”/ }).click();
    assert.equal(new URL(page.url()).search, '');
});

it('all filters are taken away by one link', NO_SCRIPT, async ({ page }) => {
    await page.goto('/places?tag=old-town&grade=5A');
    await page.getByRole('link', { name: '全部清除' }).click();
    assert.equal(new URL(page.url()).search, '');
});

it('the other language is a link to the same page', NO_SCRIPT, async ({ page }) => {
    await page.goto(PAGES.place);
    await page.getByRole('link', { name: 'English' }).click();
    assert.equal(new URL(page.url()).pathname, `/en${PAGES.place}`);
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await page.getByRole('link', { name: '中文' }).click();
    assert.equal(new URL(page.url()).pathname, PAGES.place);
});

it('the other language keeps the search', NO_SCRIPT, async ({ page }) => {
    await page.goto('/search?q=凤凰&kind=place');
    await page.getByRole('link', { name: 'English' }).click();
    const { pathname, searchParams } = new URL(page.url());
    assert.deepEqual([pathname, searchParams.get('q'), searchParams.get('kind')], ['/en/search', '凤凰', 'place']);
});

it('large and dark are links back to the same page', NO_SCRIPT, async ({ page }) => {
    await page.goto('/search?q=凤凰&kind=place');
    const address = page.url();
    await page.getByRole('link', { name: '深色' }).click();
    await page.getByRole('link', { name: '长辈版' }).click();
    assert.equal(page.url(), address);
    const html = page.locator('html');
    assert.deepEqual([await html.getAttribute('data-size'), await html.getAttribute('data-scheme')], ['elder', 'dark']);
});

it('a route shows its stops in a list and on a map', NO_SCRIPT, async ({ page }) => {
    await page.goto(PAGES.route);
    const stops = await page.locator('.stop').count();
    assert.equal(stops, 14);
    assert.equal(await page.locator('svg .map__point').count(), stops);
    assert.ok(await page.locator('svg.map__sheet').isVisible());
});

it('stops lead to their places', NO_SCRIPT, async ({ page }) => {
    await page.goto('/routes/meili-xiangxi-shijie-yichan-you');
    await page.locator('.stop').getByRole('link').first().click();
    assert.match(new URL(page.url()).pathname, /^\/(places|counties)\//);
    assert.ok(await page.getByRole('heading', { level: 1 }).isVisible());
});

it('map apps are links', NO_SCRIPT, async ({ page }) => {
    await page.goto(PAGES.place);
    for (const [name, start] of [
        ['高德地图', 'https://uri.amap.com/'],
        ['百度地图', 'https://api.map.baidu.com/'],
        ['腾讯地图', 'https://apis.map.qq.com/'],
        ['苹果地图', 'https://maps.apple.com/'],
    ]) {
        const href = await page.getByRole('link', { name }).getAttribute('href');
        assert.ok(href.startsWith(start), `${name}: ${href}`);
    }
});

it('the way to another phone opens with its code', NO_SCRIPT, async ({ page }) => {
    await page.goto(PAGES.place);
    const code = page.getByRole('img', { name: '本页地址的二维码' });
    assert.equal(await code.isVisible(), false);
    await page.getByText('打不开地图？').click();
    assert.ok(await code.isVisible());
});

it('pages of results are links', NO_SCRIPT, async ({ page }) => {
    await page.goto('/places');
    const titles = () => page.locator('.results .card__title a').allTextContents();
    const first = await titles();
    await page.getByRole('link', { name: '下一页' }).click();
    assert.equal(new URL(page.url()).searchParams.get('page'), '2');
    const second = await titles();
    assert.deepEqual(second.filter((title) => first.includes(title)), []);
    await page.getByRole('link', { name: '上一页' }).click();
    assert.deepEqual(await titles(), first);
});

it('another order is a link', NO_SCRIPT, async ({ page }) => {
    await page.goto('/stays');
    await page.getByRole('navigation', { name: '排序' }).getByRole('link', { name: /价/ }).first().click();
    assert.match(new URL(page.url()).searchParams.get('sort'), /price/);
    assert.equal(await page.getByRole('navigation', { name: '排序' }).locator('[aria-current]').count(), 1);
});

it('no button is shown that would do nothing', NO_SCRIPT, async ({ page }) => {
    for (const path of [PAGES.home, PAGES.place, PAGES.route, PAGES.list]) {
        await page.goto(path);
        const idle = page.locator('button[type=button]:not([popovertarget])').filter({ visible: true });
        assert.deepEqual(await idle.allTextContents(), [], path);
    }
});

const total = async (page) => Number((await page.locator('.results__count').textContent()).match(/\d+/)[0]);
