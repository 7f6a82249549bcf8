import { existsSync } from 'node:fs'
import type { Interval } from '../../models/evaluation/bootstrap.ts'
import type { ContextOn } from '../../models/intent/intent-shape.ts'
import type { JsonLine } from '../../retrainer/training/read-json-lines.ts'
import { intentTextsOf } from '../../retrainer/training/intents/intent-texts.ts'
import { defaultIntentSettings } from '../../retrainer/training/intents/learn-intents.ts'
import { evaluateTermsBaseline } from '../../retrainer/training/texts/terms-baseline.ts'
import {
  advantageOver,
  trainOnIntents,
  type IntentTraining,
} from '../../retrainer/training/intents/train-on-intents.ts'
import { nextTurn, type DialogueContext } from '../../simulator/calls/dialogue.ts'
import { random } from '../../simulator/random.ts'
import { pieceVectors } from '../../runtimes/text/piece-vectors.ts'
import { readCrosswoz, type CrosswozMessage } from './crosswoz.ts'
import { backboneFolder } from './text-sets.ts'

const SEED = 1
const WAYS: readonly ContextOn[] = ['none', 'head', 'attention', 'both']
/** The defaults: context on both, and terms beside the encoder. */
const DELIVERED = 'both, with terms'

export interface Ablation {
  readonly set: string
  readonly texts: number
  readonly testTexts: number
  readonly intents: number
  readonly terms: Interval
  /** Accuracy by what the context acts on. */
  readonly accuracy: Readonly<Record<string, Interval>>
  /** Accuracy gain over no context, paired. */
  readonly beyondNone: Readonly<Record<string, Interval>>
  readonly attentionBeyondHead: Interval
  readonly minutes: number
}

/**
 * Measures the gain of the context weight vector: the same network without context, with context at the head, in the
 * attention, and both.
 */
export async function intentAblation(quick: boolean, log: (line: string) => void): Promise<readonly Ablation[]> {
  const sets: (readonly [string, readonly JsonLine[]])[] = [['simulated dialogue', simulated(quick ? 1_000 : 2_000)]]
  const dialogues = quick ? undefined : crosswoz()
  if (dialogues === undefined) log('zh_crosswoz is skipped.')
  else sets.push(['zh_crosswoz', dialogues])
  const answers: Ablation[] = []
  for (const [name, rows] of sets) {
    answers.push(await ablation(name, rows))
    log(JSON.stringify(answers.at(-1)))
  }
  return answers
}

async function ablation(set: string, rows: readonly JsonLine[]): Promise<Ablation> {
  const data = intentTextsOf(rows, { text: 'text', target: 'intent', context: 'context' })
  const times = Float64Array.from(rows.keys())
  const began = performance.now()
  const vectorOf = existsSync(backboneFolder('bge-small-zh'))
    ? pieceVectors(backboneFolder('bge-small-zh'), defaultIntentSettings.width, SEED)
    : undefined
  const trainings: IntentTraining[] = []
  for (const [contextOn, withTerms] of [...WAYS.map((way) => [way, false] as const), ['both', true] as const])
    trainings.push(
      await trainOnIntents(data, {
        settings: { ...defaultIntentSettings, contextOn },
        seed: SEED,
        withTerms,
        vectorOf,
        times,
        measureOnly: true,
      }),
    )
  const [none, head, attention] = trainings
  const terms = await evaluateTermsBaseline(data, none!.learnedRows, none!.testRows, SEED)
  const byWay = <Value>(of: (way: number) => Value) =>
    Object.fromEntries([...WAYS, DELIVERED].map((way, place) => [way, of(place)]))
  return {
    set,
    texts: rows.length,
    testTexts: none!.testTexts,
    intents: data.intents.length,
    terms: terms.metrics.accuracy,
    accuracy: byWay((way) => trainings[way]!.metrics.accuracy),
    beyondNone: byWay((way) => advantageOver(trainings[way]!.right, none!.right, SEED)),
    attentionBeyondHead: advantageOver(attention!.right, head!.right, SEED),
    minutes: (performance.now() - began) / 60_000,
  }
}

/** Creates turns whose meaning depends on the last intent, whether it was solved, and the hour. */
export function simulated(count: number, late = 0, seed = 'ablation'): JsonLine[] {
  const next = random(seed)
  let context: DialogueContext = { lastIntent: null, lastSolved: null, hour: 10 }
  return Array.from({ length: count }, () => {
    const { text, intent } = nextTurn(context, late, next)
    const row = { text, intent, context: { ...context } }
    context =
      next() < 0.25
        ? { lastIntent: null, lastSolved: null, hour: Math.floor(24 * next()) }
        : { ...context, lastIntent: intent, lastSolved: next() < 0.6 }
    return row
  })
}

/**
 * Returns what tourists ask for (act, domain), with the acts and words of the turns before as context; a turn of
 * several acts counts by its first.
 */
function crosswoz(): JsonLine[] | undefined {
  const dialogues = readCrosswoz()
  const actOf = ({ dialog_act: acts }: CrosswozMessage) => {
    const [act, domain] = acts.find(([name]) => name !== 'General') ?? acts[0] ?? []
    return act === undefined ? undefined : `${act} ${domain}`
  }
  return dialogues?.flatMap((messages) =>
    messages.flatMap((message, place): JsonLine[] => {
      const intent = actOf(message)
      if (message.role !== 'usr' || intent === undefined) return []
      const before = messages.slice(Math.max(0, place - 2), place)
      const acts = before.flatMap((one) => actOf(one) ?? [])
      return [
        {
          text: message.content,
          intent,
          context: { turn: place, acts, said: before.map(({ content }) => content) },
        },
      ]
    }),
  )
}
