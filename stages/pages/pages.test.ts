import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decimal, orDash, percent, points, significant, whole } from './format.ts';
import { histogramPair } from './histogram-pair.ts';
import { html } from './html.ts';
import { inlineSvg } from './inline-svg.ts';

describe('html', () => {
  test('escapes whatever is put in, and keeps what is HTML', () => {
    expect(html`<p title="${'"><script>'}">${html`<b>${'&'}</b>`}${['<', html`<i></i>`]}${null}${false}${0}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;"><b>&amp;</b>&lt;<i></i>0</p>',
    );
  });

  test('no text can open a tag or leave an attribute', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[<>"']/.test(html`${text}`.text)));
  });

  test('characters that turn text around are made visible', () => {
    expect(html`${'a\u202Eb\u0000'}`.text).toBe('a\uFFFDb\uFFFD');
  });
});

describe('format', () => {
  test('numbers as a reader expects them, whatever the locale', () => {
    expect([whole(1_234_567), whole(-0.2), whole(-1500), decimal(-0.0001), decimal(-1.25, 1), percent(0.0749)]).toEqual([
      '1\u202F234\u202F567',
      '0',
      '−1\u202F500',
      '0.000',
      '−1.3',
      '7.5%',
    ]);
    expect([points(-0.1426), points(0.00001), points(0.2)]).toEqual(['−14.3', '±0.0', '+20.0']);
    expect([significant(0), significant(0.123456), significant(3.6e-31), significant(-12_345.6)]).toEqual([
      '0',
      '0.1235',
      '3.6e−31',
      '−12350',
    ]);
    expect(orDash(null, whole)).toBe('–');
  });
});

describe('inlineSvg', () => {
  const source = `<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg" role="graphics-document" onload="alert(1)"><defs><clipPath id="clip1"><path d="M0 0"/></clipPath></defs>
<g clip-path="url(#clip1)"><use href="#clip1"/><a href="https://example.org/"><text>t</text></a><script>alert(1)</script></g></svg>`;

  test('makes ids unique, drops what could run or reach out, and labels the drawing', () => {
    const { text } = inlineSvg(source, { prefix: 'roc', label: 'A & B' });
    expect(text).toMatch(/^<svg role="img" aria-label="A &amp; B" xmlns/);
    expect(text).toContain('id="roc-clip1"');
    expect(text).toContain('url(#roc-clip1)');
    expect(text).toContain('href="#roc-clip1"');
    expect(text).not.toMatch(/script|onload|example\.org|<\?xml/);
  });

  test('what is no SVG leaves nothing', () => {
    expect(inlineSvg('<html></html>', { prefix: 'a', label: 'b' }).text).toBe('');
  });
});

describe('histogramPair', () => {
  test('draws both sides and says the largest change in words', () => {
    const { text } = histogramPair('x', { labels: ['a<b', 'missing'], reference: [0.75, 0.25], current: [0.25, 0.75] });
    expect(text).toContain('aria-label="x: largest change at “a&lt;b”, from 75.0% to 25.0% of rows (−50.0 points)"');
    expect(text).toContain('<title>missing: 25.0% then, 75.0% now</title>');
    expect(text).not.toContain('NaN');
  });
});
