import type { CommandBody } from '../command.ts';

export const syncCommand: CommandBody = async () => 0;
