import pairs from 'opencc-js/dict/TSCharacters'

/** Traditional characters with their simplified form, one to one: https://github.com/BYVoid/OpenCC (Apache-2.0). */
const simplifiedForms = ['']
/** Index into `simplifiedForms` by code unit, 0 for none. An array, because every character of a text is looked up. */
const formOf = new Uint16Array(2 ** 16)
for (const pair of pairs.split('|')) {
  const [traditional, simplified] = pair.split(' ') as [string, string]
  // Rare characters of two code units are left as they are.
  if (traditional.length === 1) formOf[traditional.charCodeAt(0)] = simplifiedForms.push(simplified) - 1
}

/** Converts a text to simplified characters one by one: good enough to compare, not to read. */
export function simplified(text: string): string {
  let out = ''
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const form = formOf[text.charCodeAt(at)]!
    if (form === 0) continue
    out += text.slice(from, at) + simplifiedForms[form]
    from = at + 1
  }
  return from === 0 ? text : out + text.slice(from)
}
