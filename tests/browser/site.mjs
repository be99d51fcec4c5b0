// The site as a browser sees it: one server on an empty data folder of its own, and Chromium.
//
//     import { site } from './site.mjs';
//     const it = site();
//     it('opens the home page', async ({ page }) => { await page.goto('/'); … });
//     it('needs no script', { context: { javaScriptEnabled: false } }, async ({ page }) => { … });
//
// `cargo xtask test` runs every *.spec.mjs and sets XIAOXIANG_BIN and CHROMIUM. With SLOW_DEVICE=8 every page is eight times as slow as
// this machine: stories that count on a script having run by now fail then, and not only on somebody else's busy machine.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';

// An empty data folder is filled and indexed first, by a debug build, perhaps on a busy machine.
const READY_WITHIN_MS = 180_000;
const SLOWER = Number(process.env.SLOW_DEVICE ?? 1);

/** Starts a server and a browser around the tests of this file; gives the function that declares one. */
export function site({ env = {} } = {}) {
    const world = {};
    before(async () => {
        world.server = await startServer(env);
        world.browser = await chromium.launch({
            executablePath: CHROMIUM(),
            // Chromium's own sandbox does not start as root, as in a container; the pages are ours.
            args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
        });
    }, { timeout: READY_WITHIN_MS + 30_000 });
    after(async () => {
        await world.browser?.close();
        await world.server?.stop();
    });
    return (name, ...rest) => {
        const run = rest.pop();
        const { context = {}, ...options } = rest.pop() ?? {};
        test(name, { timeout: 60_000 * SLOWER, ...options }, async () => {
            const visitor = await world.browser.newContext({ baseURL: world.server.url, locale: 'zh-CN', ...context });
            await slowDown(visitor);
            const page = await visitor.newPage();
            const errors = [];
            page.on('pageerror', (error) => errors.push(String(error)));
            try {
                await run({ page, visitor, url: world.server.url });
                assert.deepEqual(errors, [], 'no script failed on the page');
            } catch (problem) {
                world.server.assertRuns();
                throw problem;
            } finally {
                await visitor.close();
            }
        });
    };
}

/** Makes the pages that will be opened as slow as `SLOW_DEVICE` says. */
export async function slowDown(context) {
    if (SLOWER === 1) return;
    context.setDefaultTimeout(30_000 * SLOWER);
    const slow = async (page) => {
        await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
        return page;
    };
    const open = context.newPage.bind(context);
    context.newPage = async () => slow(await open());
    await Promise.all(context.pages().map(slow));
}

/** One page of every type, in Chinese; of listings the ones with most on them. */
export const PAGES = {
    'home': '/',
    'search with hits': '/search?q=凤凰',
    'search without hits': '/search?q=zzzqqqxxx',
    'search put right': '/search?q=芙容镇',
    'search with conditions': '/search?q=国庆带老人 凤凰附近 可用券 300元以内',
    'how search decides': '/search/how',
    'list': '/places',
    'route': '/routes/da-xiangdong-wenhua-lvyou-jingjidai',
    'place': '/places/fenghuang-gucheng',
    'stay': '/stays/taotu-lusheng-xiaoyuan',
    'heritage item': '/heritage/miaozu-guge',
    'experience': '/experiences/xilankapu-shangji-bantian',
    'product': '/products/hunan-chayou',
    'offer': '/offers/huotang-bian-lvxing-quan',
    'counties': '/counties',
    'county': '/counties/433123',
    'prefecture': '/counties/433100',
    'route families': '/families',
    'offers by county': '/offers-by-county',
    'about the data': '/about-data',
    'accessibility': '/accessibility',
    'privacy': '/privacy',
    'my trips': '/trips',
    'nothing saved': '/saved',
    'compare': '/compare?ids=pl-001,pl-002',
    'near': '/near',
    'near a county': '/near?at=433123',
    'new trip': '/trips/new',
    'developers': '/developers',
    'not found': '/nothing-here',
};

/** The same page in English. */
export const inEnglish = (path) => (path === '/' ? '/en' : `/en${path}`);

/** Lets a visitor have chosen a look: `elder.auto`, `normal.dark`. */
export const wear = (visitor, url, look) => visitor.addCookies([{ name: 'look', value: look, url }]);

/** Resolves once the islands of the page move. */
export async function awake(page) {
    await page.waitForSelector('html[data-islands="awake"]', { state: 'attached' });
}

/** Does what leads to another page, and waits until that one is loaded: the old one, which still stands, has long been. */
export async function leads(page, act) {
    const next = page.waitForEvent('load');
    await act();
    await next;
}

/** Fails with a readable list where axe finds a violation of WCAG 2.2 A or AA. */
export async function assertAccessible(page) {
    // Evaluated from outside, which the page's content security policy does not forbid.
    await page.evaluate(await axeSource());
    const { violations } = await page.evaluate(() => window.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        resultTypes: ['violations'],
    }));
    const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`));
    assert.deepEqual(found, [], `axe on ${page.url()}`);
}

let axe;
function axeSource() {
    axe ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    return axe;
}

export async function startServer(env) {
    const data = await mkdtemp(join(tmpdir(), 'xiaoxiang-browser-'));
    const url = `http://127.0.0.1:${await freePort()}`;
    const child = spawn(named('XIAOXIANG_BIN'), ['serve'], {
        env: {
            ...surroundings(),
            XIAOXIANG_ADDR: url.slice('http://'.length),
            XIAOXIANG_BASE_URL: url,
            XIAOXIANG_DATA_DIR: data,
            XIAOXIANG_RATE_LIMIT: '0',
            ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (text) => { said = (said + text).slice(-4000); });
    }
    let over = false;
    const ended = new Promise((resolve) => {
        child.once('exit', (code, signal) => { said += `\n(it ended with ${signal ?? code})`; resolve(); });
        child.once('error', (error) => { said += error; resolve(); });
    }).then(() => { over = true; });
    const stop = async () => {
        child.kill('SIGTERM');
        const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
        await ended;
        clearTimeout(force);
        await rm(data, { recursive: true, force: true });
    };
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!(await isReady(url))) {
        if (over || Date.now() > deadline) {
            await stop();
            throw new Error(`the server ${over ? 'ended' : 'is not ready'}; it said:\n${said}`);
        }
        await pause(50);
    }
    const assertRuns = () => assert.ok(!over, `the server has ended; it said:\n${said}`);
    return { url, stop, assertRuns };
}

/** The environment without settings of the server: those of whoever runs the tests are not the tests' own. */
function surroundings() {
    return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('XIAOXIANG_')));
}

async function isReady(url) {
    try {
        return (await fetch(`${url}/readyz`)).ok;
    } catch {
        return false;
    }
}

export function freePort() {
    return new Promise((resolve, reject) => {
        const probe = createServer().once('error', reject);
        probe.listen(0, '127.0.0.1', () => {
            const { port } = probe.address();
            probe.close(() => resolve(port));
        });
    });
}

export const CHROMIUM = () => named('CHROMIUM');

function named(variable) {
    const value = process.env[variable];
    if (!value) throw new Error(`${variable} is not set: run these tests with cargo xtask test`);
    return value;
}
