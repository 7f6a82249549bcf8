import { createHash } from 'node:crypto'
import { TURN_CATEGORIES, turnFeatures } from '../../../features/calls/turns.ts'
import { OUT_OF_SCOPE } from '../../../models/conversation/intents.ts'
import type { LabelledTurn } from '../../../store/calls/labelled-turns.ts'
import type { IntentTexts } from './learn-intents.ts'

/**
 * Converts labelled turns to training data with rows of turn@1. `intents`: the intents to use in order; all that occur
 * if not given. Turns with other intents get the label −1.
 */
export function textsOfTurns(turns: readonly LabelledTurn[], intents?: readonly string[]): IntentTexts {
  const { names } = turnFeatures
  const rows = new Float32Array(turns.length * names.length).fill(Number.NaN)
  turns.forEach(({ context }, row) =>
    names.forEach((name, place) => {
      const value = context[name]
      if (value !== undefined) rows[row * names.length + place] = value
    }),
  )
  const known =
    intents ?? [...new Set(turns.map(({ intent }) => intent))].filter((intent) => intent !== OUT_OF_SCOPE).sort()
  return {
    count: turns.length,
    width: names.length,
    rows,
    texts: turns.map(({ text }) => text),
    featureNames: names,
    isCode: names.map((name) => TURN_CATEGORIES.includes(name)),
    labels: Int32Array.from(turns, ({ intent }) => known.indexOf(intent)),
    intents: known,
  }
}

/** Returns whether a turn belongs to the fixed fifth that is held out from training to evaluate every model on. */
export function isHeldOut({ id }: Pick<LabelledTurn, 'id'>): boolean {
  return createHash('sha256').update(id).digest()[0]! < 256 / 5
}
