import { phraseFinder, type FoundPhrase } from './phrases.ts'
import { DEGREES, DISPLEASED, NEGATORS, PLEASED, TURNS } from './sentiment-words.ts'

export interface Sentiment {
  readonly polarity: 'positive' | 'neutral' | 'negative'
  /** −1 … 1; 0 without sentiment words. */
  readonly score: number
  /** The matched sentiment words, in order. */
  readonly cues: readonly string[]
}

type Meaning =
  | { readonly kind: 'cue'; readonly value: 1 | -1 }
  | { readonly kind: 'negator' }
  | { readonly kind: 'degree'; readonly weight: number }
  | { readonly kind: 'turn' }

/** Number of characters ahead to which negators and degrees apply, in Chinese and in text with spaces. */
const REACH = { chinese: 4, spaced: 20 }
/** Factor for a negated word: "not good" is weaker than "bad". */
const NEGATED = -0.8
/** Text before a "but" counts less than text after it. */
const BEFORE_TURN = 0.5
/** Scores nearer to 0 are neutral. */
const NEUTRAL_BELOW = 0.15
/** Ends of clauses, which negators and degrees do not cross. */
const CLAUSE_END = /[，。！？；、,.!?;\n]/

const find = phraseFinder<Meaning>([
  ...TURNS.map((word) => [word, { kind: 'turn' }] as const),
  ...NEGATORS.map((word) => [word, { kind: 'negator' }] as const),
  ...Object.entries(DEGREES).map(([word, weight]) => [word, { kind: 'degree', weight }] as const),
  ...PLEASED.map((word) => [word, { kind: 'cue', value: 1 }] as const),
  ...DISPLEASED.map((word) => [word, { kind: 'cue', value: -1 }] as const),
])

/**
 * Rates the speaker's sentiment by a lexicon with negation, degrees and contrast (Taboada et al. 2011). It needs no
 * training and gives its reasons; its accuracy is in bench/README.md.
 */
export function sentimentOf(text: string): Sentiment {
  const found = find(text)
  const cues: string[] = []
  let sum = 0
  let weight = 0
  found.forEach((one, index) => {
    if (one.meaning.kind === 'turn') {
      sum *= BEFORE_TURN
      weight *= BEFORE_TURN
    }
    if (one.meaning.kind !== 'cue') return
    const factor = factorBefore(text, found, index)
    sum += one.meaning.value * factor
    weight += Math.abs(factor)
    cues.push(one.phrase)
  })
  // Adds half a neutral cue, because a single cue is not yet certain.
  const score = weight === 0 ? 0 : Math.max(-1, Math.min(1, sum / (weight + 0.5)))
  return {
    polarity: score >= NEUTRAL_BELOW ? 'positive' : score <= -NEUTRAL_BELOW ? 'negative' : 'neutral',
    score,
    cues,
  }
}

/** Returns the factor that negators and degrees put on the cue after them, within its clause. */
function factorBefore(text: string, found: readonly FoundPhrase<Meaning>[], index: number): number {
  let factor = 1
  let { start } = found[index]!
  for (let before = index - 1; before >= 0; before--) {
    const { meaning, end, start: beginning, phrase } = found[before]!
    const between = text.slice(end, start)
    if (between.length > (isSpaced(phrase) ? REACH.spaced : REACH.chinese) || CLAUSE_END.test(between)) break
    if (meaning.kind === 'negator') factor *= NEGATED
    else if (meaning.kind === 'degree') factor *= meaning.weight
    else break
    start = beginning
  }
  return factor
}

function isSpaced(phrase: string): boolean {
  return phrase.charCodeAt(0) < 0x250
}
