/** 128 bits by chance, in hex. `crypto.randomUUID` is not there on a page that came without TLS from another machine. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
