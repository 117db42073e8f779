/** Texts as they are searched: whoever types "hotel" finds "Hôtel". */

/** Letters that do not come apart into one and its accent. */
const LETTERS: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g')
const ASCII = /^[\0-\x7f]*$/

/** Lower case, without accents. What is searched and what is searched for go through it alike. */
export const plain = (text: string): string => {
  if (ASCII.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(LETTER, letter => LETTERS[letter] ?? letter)
}
