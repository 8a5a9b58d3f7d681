/** Exit codes of what a signal interrupted: 128 and its number, as shells have it. A terminal that is closed sends SIGHUP. */
export const SIGNAL_EXITS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
