export type Language = 'en' | 'fr';

/** At most so many decimals, without trailing zeros: 9.1 in English, 9,1 in French. */
export function decimal(value: number, language: Language, decimals = 2): string {
  const text = String(Number(value.toFixed(decimals)));
  return language === 'en' ? text : text.replace('.', ',');
}

/** A share in per cent with one decimal: 9.1% in English, 9,1 % in French. */
export function percent(share: number, language: Language): string {
  const text = decimal(share * 100, language, 1);
  return language === 'en' ? `${text}%` : `${text} %`;
}
