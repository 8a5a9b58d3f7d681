import type { CommandBody } from '../command.ts';

export const mlflowCommand: CommandBody = async () => 0;
