import { createHash } from 'node:crypto'
import { TURN_CATEGORIES, turnFeatures } from '../../../features/calls/turns.ts'
import { NONE_OF_THESE } from '../../../models/conversation/intents.ts'
import type { LabelledTurn } from '../../../store/calls/labelled-turns.ts'
import type { IntentTexts } from './learn-intents.ts'

/**
 * Labelled turns as texts to learn from; rows are turn@1. `intents`: those that count, in their order; not given: all
 * that there are.
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
    intents ?? [...new Set(turns.map(({ intent }) => intent))].filter((intent) => intent !== NONE_OF_THESE).sort()
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

/** A fifth of the turns, always the same ones, is held out: every step is evaluated on it. */
export function isFixed({ id }: Pick<LabelledTurn, 'id'>): boolean {
  return createHash('sha256').update(id).digest()[0]! < 256 / 5
}
