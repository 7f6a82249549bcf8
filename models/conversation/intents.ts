/** Output of an intent model for a turn that is about none of the known intents. */
export const OUT_OF_SCOPE = 'none of these'

export interface IntentGuess {
  readonly intent: string
  readonly probability: number
}

export interface IntentRanking {
  /** The most probable intent; `null` if that is none of the known ones. */
  readonly intent: string | null
  /** The most probable intents, highest first. */
  readonly intents: readonly IntentGuess[]
}

/** Ranks the outputs of an intent model by probability. The highest is the turn's intent. */
export function rankIntents(outputs: readonly string[], probabilities: ArrayLike<number>, most: number): IntentRanking {
  const ranked = outputs
    .map((intent, output) => ({ intent, probability: probabilities[output]! }))
    .sort((one, other) => other.probability - one.probability)
  const best = ranked[0]?.intent
  return {
    intent: best === undefined || best === OUT_OF_SCOPE ? null : best,
    intents: ranked.filter(({ intent }) => intent !== OUT_OF_SCOPE).slice(0, most),
  }
}
