import {
  defaultIntentSettings,
  finalEpochsOf,
  learnIntents,
} from '../../../../retrainer/training/intents/learn-intents.ts'
import { textsOfTurns } from '../../../../retrainer/training/intents/intent-turns.ts'

const said = { balance: 'check my balance', block: 'block the card', open: 'open an account' }
const names = Object.keys(said) as (keyof typeof said)[]
const data = textsOfTurns(
  Array.from({ length: 90 }, (_, row) => ({
    id: String(row),
    text: `${said[names[row % 3]!]} ${row % 7}`,
    intent: names[row % 3]!,
    context: {},
  })) as never,
)
const settings = { ...defaultIntentSettings, width: 16, feedForward: 16, layers: 1, batchRows: 8, epochs: 3 }
const rows = Int32Array.from({ length: 60 }, (_, row) => row)
const validation = Int32Array.from({ length: 30 }, (_, row) => 60 + row)

test('parameters from some of the texts are the start for all of them, with the same pieces', async () => {
  const first = await learnIntents(data, { rows, validation, settings, seed: 1 })
  const all = Int32Array.from({ length: 90 }, (_, row) => row)
  const again = { ...settings, epochs: 1, earlyStoppingEpochs: 0 }
  const anew = await learnIntents(data, { rows: all, validation, settings: again, seed: 1, decayEpochs: 1 })
  const from = first.parameters
  const further = await learnIntents(data, { rows: all, validation, settings: again, seed: 1, decayEpochs: 1, from })
  expect(further.parameters.pieces).toEqual(from.pieces)
  expect(further.parameters.weights).not.toEqual(from.weights)
  expect(further.losses[0]).toBeLessThan(anew.losses[0]!)
  expect(further.losses[0]).toBeLessThan(first.losses.at(-1)!)
})

test('only what takes long is not learned from the beginning again', () => {
  expect(finalEpochsOf(2_000, defaultIntentSettings)).toBeUndefined()
  expect(finalEpochsOf(12_000, defaultIntentSettings)).toBe(2)
})
