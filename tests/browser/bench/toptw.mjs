// The solver of offline trips in a worker of Chromium: `node toptw.mjs FOLDER INSTANCES`, as `cargo xtask bench toptw --browser`
// calls it. FOLDER holds toptw.wasm, toptw.js and runs.jsonl, the runs of the native solver; the same are made here, each printed as
// a line of JSON.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [folder, instances] = process.argv.slice(2);
const runs = (await readFile(join(folder, 'runs.jsonl'), 'utf8')).split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
const texts = {};
for (const { instance } of runs) texts[instance] ??= await readFile(join(instances, `${instance}.txt`), 'utf8');

const WORKER = `
importScripts('/toptw.js');
onmessage = async ({ data: { runs, texts } }) => {
    const loaded = await toptw({ module_or_path: '/toptw.wasm' });
    for (const { instance, m, steps } of runs) {
        const run = new toptw.Run(texts[instance], instance.startsWith('pr'), m, 1);
        const begun = performance.now();
        run.step(steps);
        const millis = performance.now() - begun;
        postMessage({ instance, m, steps, millis, score: run.score() });
        run.free();
    }
    postMessage(null);
};`;

const files = {
    '/': ['text/html', '<!DOCTYPE html><title>toptw</title>'],
    '/worker.js': ['text/javascript', WORKER],
    '/toptw.js': ['text/javascript', await readFile(join(folder, 'toptw.js'))],
    '/toptw.wasm': ['application/wasm', await readFile(join(folder, 'toptw.wasm'))],
};
const server = createServer((request, response) => {
    const [type, body] = files[request.url] ?? ['text/plain', ''];
    response.writeHead(files[request.url] ? 200 : 404, { 'content-type': type }).end(body);
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.exposeFunction('done', (run) => console.log(JSON.stringify(run)));
    await page.evaluate(({ runs, texts }) => new Promise((finished, failed) => {
        const worker = new Worker('/worker.js');
        worker.onerror = (problem) => failed(new Error(problem.message));
        const said = [];
        worker.onmessage = ({ data }) => (data ? said.push(window.done(data)) : Promise.all(said).then(finished));
        worker.postMessage({ runs, texts });
    }), { runs, texts });
} finally {
    await browser.close();
    server.close();
}
