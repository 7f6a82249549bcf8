/** A word as speech recognition heard it; `confidence` 0 … 1, null where it does not say. */
export interface Heard {
  readonly text: string
  readonly confidence: number | null
}

/** Less sure than that, a word may well be another one. */
const UNSURE_BELOW = 0.6

const SPACED = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u

/** The words as one text: with spaces where the script has them. */
export function heardText(words: readonly Heard[]): string {
  let text = ''
  for (const { text: word } of words)
    text += text !== '' && (isSpaced(text.at(-1)!) || isSpaced(word[0] ?? '')) ? ` ${word}` : word
  return text
}

/** The words of which the recognition was not sure. */
export function unsureWords<Word extends Heard>(words: readonly Word[]): Word[] {
  return words.filter(({ confidence }) => confidence !== null && confidence < UNSURE_BELOW)
}

function isSpaced(character: string): boolean {
  return SPACED.test(character)
}
