import { keyPhrasesOf } from './key-phrases.ts'
import { objectionOf, type ObjectionKind } from './objections.ts'
import { sentimentOf, type Sentiment } from './sentiment.ts'

const KEY_PHRASES = 5

/** Analysis of a turn's words by rules, without a model. */
export interface TurnReading {
  readonly sentiment: Sentiment['polarity']
  readonly sentimentScore: number
  readonly objection: ObjectionKind | null
  /** The matched words of both, without duplicates. */
  readonly cues: readonly string[]
  readonly keyPhrases: readonly string[]
}

export function readTurn(text: string): TurnReading {
  const { polarity, score, cues } = sentimentOf(text)
  const objection = objectionOf(text)
  return {
    sentiment: polarity,
    sentimentScore: score,
    objection: objection?.kind ?? null,
    cues: [...new Set([...cues, ...(objection?.cues ?? [])])],
    keyPhrases: keyPhrasesOf(text, KEY_PHRASES),
  }
}
