import pairs from 'opencc-js/dict/TSCharacters'

/** Traditional characters with their simplified form, one to one: https://github.com/BYVoid/OpenCC (Apache-2.0). */
const simplifiedOf = new Map(
  pairs.split('|').map((pair) => {
    const [traditional, simplified] = pair.split(' ') as [string, string]
    return [traditional, simplified]
  }),
)

/** The text in simplified characters, letter by letter: good enough to compare, not to read. */
export function simplified(text: string): string {
  let out = ''
  let from = 0
  for (let at = 0; at < text.length; at++) {
    // Below are no Chinese characters.
    if (text.charCodeAt(at) < 0x3400) continue
    const other = simplifiedOf.get(text[at]!)
    if (other === undefined) continue
    out += text.slice(from, at) + other
    from = at + 1
  }
  return from === 0 ? text : out + text.slice(from)
}
