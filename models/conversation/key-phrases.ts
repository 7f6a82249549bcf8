import { STOP_WORDS } from './stop-words.ts'

/** Words of a phrase at most. */
const WORDS_MAX = 4

interface Candidate {
  readonly words: readonly string[]
  readonly text: string
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/**
 * What a turn is about: runs of words between stop words and punctuation, those first whose words stand in long and
 * frequent runs (RAKE: Rose et al. 2010). `most` at most, in lower case, each once.
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
  // A map keeps the order in which phrases were said, and the sort leaves equal ones in it.
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
    // A single Chinese character says too little by itself.
    const phrase = text.slice(start, end).trim()
    if (words.length > 0 && [...phrase].length > 1) candidates.push({ words, text: phrase })
    words = []
  }
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (isWordLike !== true || isStopWord(segment)) {
      // The space between two words parts no phrase.
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

/** Segmentation joins short Chinese words now and then: 你是 is 你 and 是. */
function isStopWord(segment: string): boolean {
  return STOP_WORDS.has(segment) || [...segment].every((character) => STOP_WORDS.has(character))
}
