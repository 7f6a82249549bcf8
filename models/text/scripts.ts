/** A script, with the code point ranges that its languages use most. */
interface Script {
  readonly name: string
  readonly ranges: readonly (readonly [from: number, to: number])[]
  /** Minimum number of letters of a vocabulary entry, all of this script, to count as a word. */
  readonly wordLetters: number
  /** Minimum number of words in a vocabulary that covers the script. */
  readonly wordsMin: number
}

/**
 * A Chinese vocabulary has several thousand Han characters and a thousand English words, an English one 20,000 words.
 */
const SCRIPTS: readonly Script[] = [
  {
    name: 'Latin',
    ranges: [
      [0x41, 0x5a],
      [0x61, 0x7a],
      [0xc0, 0x24f],
    ],
    wordLetters: 4,
    wordsMin: 4_000,
  },
  {
    name: 'Chinese',
    ranges: [
      [0x3400, 0x4dbf],
      [0x4e00, 0x9fff],
    ],
    wordLetters: 1,
    wordsMin: 2_000,
  },
  { name: 'Japanese', ranges: [[0x3040, 0x30ff]], wordLetters: 2, wordsMin: 1_000 },
  { name: 'Korean', ranges: [[0xac00, 0xd7a3]], wordLetters: 1, wordsMin: 1_000 },
  { name: 'Cyrillic', ranges: [[0x400, 0x52f]], wordLetters: 4, wordsMin: 1_000 },
  { name: 'Greek', ranges: [[0x370, 0x3ff]], wordLetters: 4, wordsMin: 1_000 },
  { name: 'Arabic', ranges: [[0x600, 0x6ff]], wordLetters: 3, wordsMin: 1_000 },
  { name: 'Hebrew', ranges: [[0x590, 0x5ff]], wordLetters: 3, wordsMin: 1_000 },
  { name: 'Devanagari', ranges: [[0x900, 0x97f]], wordLetters: 2, wordsMin: 1_000 },
  { name: 'Thai', ranges: [[0xe00, 0xe7f]], wordLetters: 2, wordsMin: 1_000 },
]

/** Characters of a text to examine, enough to recognise its script. */
const LETTERS_MAX = 400

/**
 * Returns a function that names the script of a text if the vocabulary has hardly any words of it, otherwise
 * `undefined`: a backbone can't say much about such a text. The script is that of most of the first letters; digits and
 * marks do not count. A small vocabulary is assumed to cover all scripts.
 */
export function unknownScripts(entries: Iterable<string>): (text: string) => string | undefined {
  const words = new Float64Array(SCRIPTS.length)
  let all = 0
  for (const entry of entries) {
    all++
    const script = scriptOf(entry.codePointAt(0) ?? 0)
    if (script === -1) continue
    const letters = Array.from(entry)
    if (
      letters.length >= SCRIPTS[script]!.wordLetters &&
      letters.every((one) => scriptOf(one.codePointAt(0)!) === script)
    )
      words[script]!++
  }
  const isKnown = SCRIPTS.map(({ wordsMin }, script) => all < JUDGED_FROM || words[script]! >= wordsMin)
  const counts = new Uint32Array(SCRIPTS.length)
  return (text) => {
    counts.fill(0)
    const end = Math.min(text.length, LETTERS_MAX)
    for (let at = 0; at < end; at++) {
      const script = scriptOf(text.charCodeAt(at))
      if (script !== -1) counts[script]!++
    }
    let most = 0
    for (let script = 1; script < counts.length; script++) if (counts[script]! > counts[most]!) most = script
    return counts[most]! < LETTERS_MIN || isKnown[most]! ? undefined : SCRIPTS[most]!.name
  }
}

/** Minimum size of a vocabulary to judge; a smaller one was made for its own texts. */
const JUDGED_FROM = 10_000
/** Minimum number of letters to judge; fewer may be a name or an abbreviation. */
const LETTERS_MIN = 4

function scriptOf(letter: number): number {
  for (let script = 0; script < SCRIPTS.length; script++) {
    const { ranges } = SCRIPTS[script]!
    for (let range = 0; range < ranges.length; range++)
      if (letter >= ranges[range]![0] && letter <= ranges[range]![1]) return script
  }
  return -1
}
