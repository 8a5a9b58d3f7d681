/**
 * A source text of the same length in which comments, and what stands inside quotes, are spaces: what is left is code, at its
 * own place. Quotes stay, and so does code inside `${}`. Where a slash begins a regular expression is guessed from what
 * stands before it, as highlighters do.
 */
export function maskSource(text: string): string {
  return new Masker(text, 'comments and quoted').masked();
}

/** The same, with what stands inside quotes left in. */
export function maskComments(text: string): string {
  return new Masker(text, 'comments').masked();
}

/** After these words a slash begins a regular expression. */
const BEFORE_REGEX = /(?:^|[^\w$.])(?:return|typeof|case|in|of|void|delete|throw|new|await|yield|else|do)\s*$/;

class Masker {
  readonly #text: string;
  readonly #what: 'comments' | 'comments and quoted';
  readonly #out: string[];
  #at = 0;
  #inComment = false;

  constructor(text: string, what: 'comments' | 'comments and quoted') {
    this.#text = text;
    this.#what = what;
    this.#out = text.split('');
  }

  masked(): string {
    this.code(null);
    return this.#out.join('');
  }

  /** Walks over code up to the brace that closes a template's `${`, or to the end. */
  code(until: '}' | null): void {
    let depth = 0;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) return;
      if (this.#comment() || this.#quoted(char)) continue;
      if (until !== null && char === '}' && depth === 0) return;
      if (char === '{') depth += 1;
      if (char === '}') depth -= 1;
      this.#at += 1;
    }
  }

  #comment(): boolean {
    const end = this.#text.startsWith('//', this.#at) ? '\n' : this.#text.startsWith('/*', this.#at) ? '*/' : null;
    if (end === null) return false;
    const found = this.#text.indexOf(end, this.#at + 2);
    const stop = found < 0 ? this.#text.length : end === '\n' ? found : found + 2;
    this.#inComment = true;
    while (this.#at < stop) this.#blank();
    this.#inComment = false;
    return true;
  }

  #quoted(char: string): boolean {
    if (char === '`') return this.#template();
    const isRegex = char === '/' && this.#regexMayStart();
    if (char !== '"' && char !== "'" && !isRegex) return false;
    let inClass = false;
    this.#at += 1;
    for (let next = this.#text[this.#at]; next !== undefined && next !== '\n'; next = this.#text[this.#at]) {
      if (next === char && !inClass) break;
      if (isRegex && next === '[') inClass = true;
      if (isRegex && next === ']') inClass = false;
      if (next === '\\') this.#blank();
      this.#blank();
    }
    this.#at += 1;
    return true;
  }

  #template(): boolean {
    this.#at += 1;
    for (let next = this.#text[this.#at]; next !== undefined && next !== '`'; next = this.#text[this.#at]) {
      if (next === '$' && this.#text[this.#at + 1] === '{') {
        this.#at += 2;
        this.code('}');
        this.#at += 1;
        continue;
      }
      if (next === '\\') this.#blank();
      this.#blank();
    }
    this.#at += 1;
    return true;
  }

  #regexMayStart(): boolean {
    const before = this.#out.slice(Math.max(0, this.#at - 40), this.#at).join('');
    return /(?:^|[([,=:!&|?{};+\-*%<>~^])\s*$/.test(before) || BEFORE_REGEX.test(before);
  }

  #blank(): void {
    if (this.#text[this.#at] !== '\n' && (this.#inComment || this.#what !== 'comments')) this.#out[this.#at] = ' ';
    this.#at += 1;
  }
}
