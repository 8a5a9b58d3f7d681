import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { HttpProblem } from './http-problem.ts';
import { toProblem } from './to-problem.ts';

const REFUSALS: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request took too long to arrive'],
  HPE_HEADER_OVERFLOW: [431, 'the headers are larger than this server takes'],
};

/** Answers what is no HTTP, of which there is no request yet, by a problem as any other, and hangs up. */
export function refuseClient(error: Error & { readonly code: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, detail] = REFUSALS[error.code] ?? [400, 'what was sent is not a request of HTTP'];
  const problem = JSON.stringify({ ...toProblem(new HttpProblem('INVALID_REQUEST', detail), randomUUID()).body, status });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Length: ${Buffer.byteLength(problem)}`,
    'Content-Type: application/problem+json; charset=utf-8',
    'Connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${problem}`);
  socket.destroySoon();
}
