// Chooses stops beside the page: gets the addresses of script and wasm first, then a task with its time. Ended, it stops at once.

onmessage = async ({ data: { glue, wasm, task, millis } }) => {
    try {
        if (glue) {
            importScripts(glue);
            await planner({ module_or_path: wasm });
            postMessage({ loaded: true });
            return;
        }
        planner.choose(task, millis, (found) => postMessage({ found }));
        postMessage({ over: true });
    } catch (problem) {
        postMessage({ failed: String(problem) });
    }
};
