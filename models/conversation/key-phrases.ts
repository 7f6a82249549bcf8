import { STOP_WORDS } from './stop-words.ts'

/** Maximum number of words in a phrase. */
const WORDS_MAX = 4

interface Candidate {
  readonly words: readonly string[]
  readonly text: string
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/**
 * Returns the key phrases of a turn, at most `most`, lower-case and distinct: runs of words between stop words and
 * punctuation, ranked by how long and frequent the runs of their words are (RAKE: Rose et al. 2010).
 */
export function keyPhrasesOf(text: string, most: number): string[] {
  const candidates = candidatesOf(text.toLowerCase())
  const frequency = new Map<string, number>()
  const degree = new Map<string, number>()
  for (const { words } of candidates)
    for (const word of words) {
      frequency.set(word, (frequency.get(word) ?? 0) + 1)
      degree.set(word, (degree.get(word) ?? 0) + words.length)
    }
  const scores = new Map<string, number>()
  for (const { words, text: phrase } of candidates)
    scores.set(
      phrase,
      words.reduce((sum, word) => sum + degree.get(word)! / frequency.get(word)!, 0),
    )
  // Ties stay in the order in which the phrases were said, since maps keep insertion order and the sort is stable.
  return [...scores]
    .sort(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([phrase]) => phrase)
}

function candidatesOf(text: string): Candidate[] {
  const candidates: Candidate[] = []
  let words: string[] = []
  let start = 0
  const close = (end: number): void => {
    // A single Chinese character carries too little meaning to be a phrase.
    const phrase = text.slice(start, end).trim()
    if (words.length > 0 && [...phrase].length > 1) candidates.push({ words, text: phrase })
    words = []
  }
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (isWordLike !== true || isStopWord(segment)) {
      // A single space does not end a phrase.
      if (isWordLike !== true && segment === ' ') continue
      close(index)
      continue
    }
    if (words.length === 0) start = index
    words.push(segment)
    if (words.length === WORDS_MAX) close(index + segment.length)
  }
  close(text.length)
  return candidates
}

/** Also checks character by character, because segmentation sometimes joins short Chinese words: 你是 is 你 and 是. */
function isStopWord(segment: string): boolean {
  return STOP_WORDS.has(segment) || [...segment].every((character) => STOP_WORDS.has(character))
}
