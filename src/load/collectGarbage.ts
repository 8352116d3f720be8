/** Loaded before a server that is measured: on SIGUSR2 it collects its garbage, so that only what is held is counted. */
process.on('SIGUSR2', () => globalThis.gc?.());
