// A phone in the mountains: a browser that can be closed and opened again with all it has kept, and a signal that can go.
//
//     const phone = await Phone.buy(world, { viewport });
//     await phone.page.goto('/trips');
//     await world.signal.cut();
//     await phone.restart();

import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM, slowDown, startServer } from './site.mjs';

/** What is between a phone and the site: everything goes through here, or nothing. */
export class Signal {
    #port;
    #target;
    #agent = new Agent({ keepAlive: false });
    #server = null;
    #sockets = new Set();
    /** Gives another body for a path: `(path, body) => body`. */
    rewrite = null;
    /** Whether the way is cut before this request is answered. */
    cutsAt = () => false;
    /** Whether this request alone is not answered. */
    refuses = () => false;
    /** Whether the site hears this request, and its answer is lost. */
    loses = () => false;
    /** What this request waits for before it goes on: `async (path) => …`. */
    holds = null;
    /** Paths that were asked for. */
    asked = [];

    /** As every story finds it. */
    forget() {
        [this.rewrite, this.holds] = [null, null];
        this.cutsAt = this.refuses = this.loses = () => false;
    }

    constructor(port) {
        this.#port = port;
    }

    get url() {
        return `http://127.0.0.1:${this.#port}`;
    }

    async lead(target) {
        this.#target = new URL(target);
        await this.restore();
    }

    /** Nobody answers any more, and whoever was being answered is not answered to the end. */
    async cut() {
        const server = this.#server;
        this.#server = null;
        if (!server) return;
        const closed = new Promise((resolve) => { server.close(resolve); });
        for (const socket of this.#sockets) socket.destroy();
        await closed;
    }

    async restore() {
        if (this.#server) return;
        this.#server = createServer((incoming, answer) => this.#pass(incoming, answer));
        this.#server.on('connection', (socket) => {
            this.#sockets.add(socket);
            socket.once('close', () => this.#sockets.delete(socket));
        });
        await new Promise((resolve, reject) => this.#server.once('error', reject).listen(this.#port, '127.0.0.1', resolve));
    }

    async #pass(incoming, answer) {
        this.asked.push(incoming.url);
        await this.holds?.(incoming.url);
        if (this.cutsAt(incoming.url)) {
            this.cut();
            return;
        }
        if (this.refuses(incoming.url)) {
            incoming.destroy();
            return;
        }
        const rewrite = this.rewrite;
        const headers = { ...incoming.headers };
        if (rewrite) delete headers['accept-encoding'];
        const { hostname, port } = this.#target;
        const onward = request({ hostname, port, path: incoming.url, method: incoming.method, headers, agent: this.#agent }, (came) => {
            if (this.loses(incoming.url)) {
                answer.destroy();
                return;
            }
            if (!rewrite) {
                answer.writeHead(came.statusCode, came.headers);
                came.pipe(answer);
                return;
            }
            const parts = [];
            came.on('data', (part) => parts.push(part));
            came.on('end', () => {
                const body = Buffer.concat(parts);
                const other = rewrite(incoming.url, body);
                const changed = other === body ? came.headers : { ...came.headers, 'content-length': String(Buffer.byteLength(other)) };
                answer.writeHead(came.statusCode, changed);
                answer.end(other);
            });
        });
        onward.on('error', () => answer.destroy());
        incoming.pipe(onward);
    }
}

/** The site, and the only way to it that phones know. `direct` is another way, for those who have a signal. */
export async function startWorld({ port, env = {} }) {
    const signal = new Signal(port);
    const server = await startServer({ XIAOXIANG_BASE_URL: signal.url, ...env });
    await signal.lead(server.url);
    return {
        signal,
        direct: server.url,
        async stop() {
            await signal.cut();
            await server.stop();
        },
    };
}

export class Phone {
    /** Where it is. */
    world;
    #profile;
    #options;

    static async buy(world, options = {}) {
        const phone = new Phone();
        phone.world = world;
        phone.#options = options;
        phone.#profile = await mkdtemp(join(tmpdir(), 'xiaoxiang-phone-'));
        await phone.#open();
        return phone;
    }

    async #open() {
        this.context = await chromium.launchPersistentContext(this.#profile, {
            executablePath: CHROMIUM(),
            args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
            baseURL: this.world.signal.url,
            locale: 'zh-CN',
            viewport: { width: 360, height: 740 },
            ...this.#options,
        });
        await slowDown(this.context);
        this.page = this.context.pages()[0] ?? await this.context.newPage();
        this.errors = [];
        this.context.on('weberror', (error) => this.errors.push(String(error.error())));
    }

    /** Closed and opened again: what was only in memory is gone. */
    async restart() {
        await this.context.close();
        await this.#open();
    }

    async throwAway() {
        await this.context.close();
        await rm(this.#profile, { recursive: true, force: true });
    }
}
