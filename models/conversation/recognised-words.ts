/** A word from speech recognition; `confidence` is 0 … 1, or null if not reported. */
export interface RecognisedWord {
  readonly text: string
  readonly confidence: number | null
}

/** Words below this confidence count as uncertain. */
const CONFIDENCE_MIN = 0.6

const SPACED = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u

/** Joins the words into one text, with spaces only in scripts that use them. */
export function joinWords(words: readonly RecognisedWord[]): string {
  let text = ''
  for (const { text: word } of words)
    text += text !== '' && (isSpaced(text.at(-1)!) || isSpaced(word[0] ?? '')) ? ` ${word}` : word
  return text
}

/** Returns the words that were recognised with low confidence. */
export function uncertainWords<Word extends RecognisedWord>(words: readonly Word[]): Word[] {
  return words.filter(({ confidence }) => confidence !== null && confidence < CONFIDENCE_MIN)
}

function isSpaced(character: string): boolean {
  return SPACED.test(character)
}
