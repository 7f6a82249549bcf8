/** A way of writing: the letters of it, as the ranges that its languages use most. */
interface Script {
  readonly name: string
  readonly ranges: readonly (readonly [from: number, to: number])[]
  /** Entries with this many letters of a script in a row count as its words. */
  readonly wordLetters: number
  /** A vocabulary with fewer of them does not know the script. */
  readonly wordsMin: number
}

/** A Chinese vocabulary has some thousand letters of Han and a thousand English words, an English one 20,000. */
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

/** Letters of a text that are looked at: enough to say what it is written in. */
const LETTERS_MAX = 400

/**
 * Says in which script a text is written if a vocabulary has hardly any words of it, else nothing: a backbone can't
 * tell much about such a text. The script of a text is that of most of its first letters; digits and marks do not
 * count. A small vocabulary is not judged.
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

/** Fewer entries are a vocabulary of one's own, which knows what it was made for. */
const JUDGED_FROM = 10_000
/** Fewer letters may be a name or an abbreviation. */
const LETTERS_MIN = 4

function scriptOf(letter: number): number {
  for (let script = 0; script < SCRIPTS.length; script++) {
    const { ranges } = SCRIPTS[script]!
    for (let range = 0; range < ranges.length; range++)
      if (letter >= ranges[range]![0] && letter <= ranges[range]![1]) return script
  }
  return -1
}
