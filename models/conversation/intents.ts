/** The output by which an intent model says that a turn is about none of the intents that it knows. */
export const NONE_OF_THESE = 'none of these'

export interface IntentGuess {
  readonly intent: string
  readonly probability: number
}

export interface IntentRanking {
  /** `null`: none of those that the model knows. */
  readonly intent: string | null
  /** The most probable ones, the highest first. */
  readonly intents: readonly IntentGuess[]
}

/** What an intent model says of a turn: the highest of its outputs is the intent. */
export function rankIntents(outputs: readonly string[], given: ArrayLike<number>, most: number): IntentRanking {
  const ranked = outputs
    .map((intent, output) => ({ intent, probability: given[output]! }))
    .sort((one, other) => other.probability - one.probability)
  const best = ranked[0]?.intent
  return {
    intent: best === undefined || best === NONE_OF_THESE ? null : best,
    intents: ranked.filter(({ intent }) => intent !== NONE_OF_THESE).slice(0, most),
  }
}
