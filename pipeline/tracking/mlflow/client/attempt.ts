import { createReadStream, createWriteStream } from 'node:fs';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { MlflowConnection } from './connection.ts';

/** One request. `path` is encoded already and starts with a slash. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly json?: unknown;
  /** The same, as JSON already. */
  readonly written?: string;
  /** Bytes to send as they are. */
  readonly bytes?: Uint8Array;
  /** A file to send, streamed, its length announced: a chunked upload is lost silently on servers before 3.17. */
  readonly file?: { readonly path: string; readonly bytes: number };
  /** The same from a stream, which can be read once. */
  readonly stream?: { readonly from: Readable; readonly bytes: number };
  /** Where a successful answer's body goes instead of memory: a file, or a stream that can be written once. */
  readonly saveTo?: string;
  readonly pipeTo?: Writable;
  /** False for a create that makes a second object when repeated. @default true */
  readonly repeatable?: boolean;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Empty where the body was saved to a file. */
  readonly body: Buffer;
}

/** The JSON of a call as it goes over the wire. */
export function jsonOf(call: Call): string | undefined {
  return call.json === undefined ? call.written : JSON.stringify(call.json);
}

/** Sends once and reads the whole answer; `json` where it was written already. Rejects with the socket's error. */
export async function attempt(connection: MlflowConnection, call: Call, json: string | undefined = jsonOf(call)): Promise<Reply> {
  const body = json === undefined ? call.bytes : Buffer.from(json);
  const length = body?.length ?? call.file?.bytes ?? call.stream?.bytes ?? (call.method === 'GET' ? undefined : 0);
  const send = connection.uri.startsWith('https:') ? httpsRequest : httpRequest;
  const request = send(connection.uri + call.path, {
    method: call.method,
    agent: connection.agent,
    timeout: connection.timeoutMs,
    ...(connection.signal === undefined ? {} : { signal: connection.signal }),
    headers: {
      ...connection.headers,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(length === undefined ? {} : { 'content-length': length }),
    },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
    request.once('timeout', () => request.destroy(new Error(`no answer within ${connection.timeoutMs / 1000} s`)));
  });
  const source = call.stream?.from ?? (call.file === undefined ? undefined : createReadStream(call.file.path));
  if (source === undefined) {
    request.end(body);
    return read(await answered, call);
  }
  // An early refusal closes the socket under the upload: the answer, where there is one, counts more than the broken pipe.
  const [response, upload] = await Promise.allSettled([answered, pipeline(source, exactly(length ?? 0), request)]);
  if (response.status === 'rejected') throw upload.status === 'rejected' && isOurFault(upload.reason) ? upload.reason : response.reason;
  return read(response.value, call);
}

async function read(response: IncomingMessage, call: Call): Promise<Reply> {
  const status = response.statusCode ?? 0;
  const head = { status, headers: response.headers };
  const target = call.pipeTo ?? (call.saveTo === undefined || status !== 200 ? undefined : createWriteStream(call.saveTo));
  if (target !== undefined && status === 200) {
    await pipeline(response, target);
    return { ...head, body: Buffer.alloc(0) };
  }
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { ...head, body: Buffer.concat(chunks) };
}

/** A stream that ends early would leave the server waiting for the rest. */
function exactly(bytes: number): (source: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array> {
  return async function* counted(source) {
    let sent = 0;
    for await (const chunk of source) {
      sent += chunk.length;
      if (sent > bytes) break;
      yield chunk;
    }
    if (sent !== bytes) throw new RangeError(`the upload has ${sent > bytes ? 'more' : `only ${sent}`} bytes, ${bytes} were announced`);
  };
}

function isOurFault(reason: unknown): boolean {
  if (reason instanceof RangeError) return true;
  return typeof reason === 'object' && reason !== null && 'path' in reason;
}
