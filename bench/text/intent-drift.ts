import { intent as intentModel, intentOutputs } from '../../models/intent/intent.ts'
import type { IntentParameters } from '../../models/intent/intent-parameters.ts'
import { intentTextsOf } from '../../retrainer/training/intents/intent-texts.ts'
import { evaluateIntents } from '../../retrainer/training/intents/evaluate-intents.ts'
import {
  defaultIntentSettings,
  learnIntents,
  type IntentTexts,
} from '../../retrainer/training/intents/learn-intents.ts'
import type { JsonLine } from '../../retrainer/training/read-json-lines.ts'
import { defaultSteps, stepIntents } from '../../retrainer/training/intents/step-intents.ts'
import { simulated } from './intent.ts'

const FIRST = 1_000
const BATCH = 100
const ROUNDS = 6
const TEST = 400
/** Epochs of retraining; it stops early without improvement. */
const EPOCHS = 20

export interface DriftRound {
  /** Share of turns in words that the first model has not seen. */
  readonly late: number
  /** Accuracy on the next turns, unseen by all models. */
  readonly untouched: number
  readonly steps: number
  readonly withoutReplay: number
  readonly retrained: number
  /** Accuracy on turns in the old words alone, which shows forgetting. */
  readonly onOld: {
    readonly untouched: number
    readonly steps: number
    readonly withoutReplay: number
    readonly retrained: number
  }
  readonly seconds: { readonly steps: number; readonly retrained: number }
}

/**
 * Compares models on a stream whose wording drifts: one left as it is, one updated by steps on micro-batches, with
 * replay and without, and one retrained from scratch each time. Each is measured on later turns.
 */
export async function intentDrift(quick: boolean, log: (line: string) => void): Promise<readonly DriftRound[]> {
  const rounds = quick ? 2 : ROUNDS
  const lateOf = (round: number) => Math.min(1, (round + 1) / (ROUNDS - 1))
  const streams = Array.from({ length: rounds + 1 }, (_, round) => simulated(BATCH, lateOf(round), `drift-${round}`))
  const first = simulated(quick ? 600 : FIRST, 0, 'drift-first')
  const old = simulated(TEST, 0, 'drift-old')
  const everything = intentTextsOf(
    [...first, ...old, ...streams.flat(), ...streams.flatMap((_, r) => simulated(TEST, lateOf(r), `drift-test-${r}`))],
    {
      text: 'text',
      target: 'intent',
      context: 'context',
    },
  )
  const texts = (rows: readonly JsonLine[]) => alike(rows, everything)
  const learnAnew = async (rows: readonly JsonLine[]) => {
    const data = texts(rows)
    const all = Int32Array.from(data.labels.keys())
    const held = all.filter((row) => row % 7 === 0)
    const rest = all.filter((row) => row % 7 !== 0)
    return (
      await learnIntents(data, {
        rows: rest,
        validation: held,
        settings: { ...defaultIntentSettings, epochs: EPOCHS },
        seed: 1,
      })
    ).parameters
  }
  const accuracy = async (parameters: IntentParameters, rows: readonly JsonLine[]) =>
    (await evaluateIntents({ outputs: intentOutputs(parameters), score: intentModel.scorer(parameters) }, texts(rows)))
      .accuracy

  const start = await learnAnew(first)
  let [stepped, bare] = [start, start]
  const seen: JsonLine[] = [...first]
  const answers: DriftRound[] = []
  for (let round = 0; round < rounds; round++) {
    const fresh = streams[round]!
    const test = simulated(TEST, lateOf(round), `drift-test-${round}`)
    const began = performance.now()
    stepped = (await stepIntents(stepped, texts(fresh), texts(seen), { ...defaultSteps, seed: round + 1 })).parameters
    const stepSeconds = (performance.now() - began) / 1_000
    bare = (await stepIntents(bare, texts(fresh), texts([]), { ...defaultSteps, replayed: 0, seed: round + 1 }))
      .parameters
    seen.push(...fresh)
    const retrainBegan = performance.now()
    const fromScratch = await learnAnew(seen)
    const retrainSeconds = (performance.now() - retrainBegan) / 1_000
    const all = async (rows: readonly JsonLine[]) => ({
      untouched: await accuracy(start, rows),
      steps: await accuracy(stepped, rows),
      withoutReplay: await accuracy(bare, rows),
      retrained: await accuracy(fromScratch, rows),
    })
    answers.push({
      late: lateOf(round),
      ...(await all(test)),
      onOld: await all(old),
      seconds: { steps: stepSeconds, retrained: retrainSeconds },
    })
    log(JSON.stringify(answers.at(-1)))
  }
  return answers
}

/** Returns the rows with the columns and intents of the whole stream, so that they mean the same to all models. */
function alike(rows: readonly JsonLine[], whole: IntentTexts): IntentTexts {
  const own = intentTextsOf(rows.length === 0 ? [] : rows, { text: 'text', target: 'intent', context: 'context' })
  const width = whole.featureNames.length
  const numbers = new Float32Array(rows.length * width).fill(Number.NaN)
  own.featureNames.forEach((name, from) => {
    const to = whole.featureNames.indexOf(name)
    for (let row = 0; row < rows.length; row++) numbers[row * width + to] = own.rows[row * own.width + from]!
  })
  const places = own.intents.map((name) => whole.intents.indexOf(name))
  return {
    ...whole,
    count: rows.length,
    rows: numbers,
    texts: own.texts,
    labels: own.labels.map((label) => (label === -1 ? -1 : places[label]!)),
  }
}
