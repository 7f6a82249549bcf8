import { resolve } from 'node:path'
import { persuasion4good } from '../../importers/persuasion4good.ts'
import { bootstrapInterval, type Interval } from '../../models/evaluation/bootstrap.ts'
import { clustersOf } from '../../models/evaluation/clusters.ts'
import { logistic } from '../../models/linear/logistic.ts'
import { logLoss } from '../../models/evaluation/metrics.ts'
import type { Dataset } from '../../models/model.ts'
import { chosenRows, type Split } from '../../models/split.ts'
import type { SentenceEncoder } from '../../models/text/sentence-encoder.ts'
import { textOf, type TextCase } from '../../models/text/text-case.ts'
import type { Strategy } from '../../models/text/windows.ts'
import { trainOnText } from '../../retrainer/training/texts/train-on-text.ts'
import { openSentenceEncoder } from '../../runtimes/text/open-sentence-encoder.ts'
import type { Outcome } from '../../schemas/models/outcomes.ts'
import type { Visit } from '../../schemas/visits/visits.ts'
import { aucWithinParts, rollingSplits } from './rolling.ts'
import { backboneFolder, haveTextSets } from './text-sets.ts'

const SEED = 1
const PARTS = { parts: 8, learned: 3 }
/** Numbers of turns of the person asked after which to predict. */
const TURNS = [1, 2, 3, 5, 8, Infinity]

/**
 * Ways to predict: by the amount of text; by its terms; by all of it in one window; by each turn separately; by the
 * better of the last two with terms.
 */
const WAYS = ['length', 'terms', 'newest', 'visit-wise', 'with terms'] as const
type Way = (typeof WAYS)[number]

interface Talk {
  readonly customerId: string
  /** The turns of the person asked, in order. */
  readonly turns: { readonly text: string; readonly at: number }[]
  outcome: number
  closedAt: number
}

interface Figures {
  readonly auc: Interval
  readonly logLoss: number
  readonly aucBeyondTerms: Interval
  readonly aucBeyondLength: Interval
}

/**
 * Measures how early a dialogue predicts whether a gift is made (persuasion4good), beside its terms alone and its
 * length.
 */
export async function giftTalks(log: (line: string) => void): Promise<unknown> {
  if (!haveTextSets()) return 'skipped: data not present'
  const talks = await readTalks()
  const encoder = await openSentenceEncoder({
    folder: backboneFolder('all-minilm-l6-v2'),
    precision: 'float32',
    pooling: 'first-and-mean',
    threads: 2,
  })
  const answers: Record<string, Readonly<Record<string, Figures>>> = {}
  try {
    for (const turns of TURNS) {
      answers[String(turns)] = await figuresAfter(turns, talks, encoder)
      log(`${turns} turns: ${JSON.stringify(answers[String(turns)])}`)
    }
  } finally {
    await encoder.close()
  }
  return { talks: talks.length, given: talks.filter(({ outcome }) => outcome === 1).length, answers }
}

/** Predicted probability of each talk, by way. */
type Predictions = ReadonlyMap<Way, Float64Array>

async function figuresAfter(
  turns: number,
  talks: readonly Talk[],
  encoder: SentenceEncoder,
): Promise<Readonly<Record<string, Figures>>> {
  const splits = rollingSplits(talks.length, PARTS)
  const predictions = new Map(WAYS.map((way) => [way, new Float64Array(talks.length)]))
  const textCases = talks.map((talk): TextCase => ({ records: talk.turns.slice(0, turns) }))
  for (const split of splits) await predict(textCases, talks, encoder, split, predictions)
  return compared(talks, splits, predictions)
}

/** Trains on the talks of a split and predicts its test talks, in each way. */
async function predict(
  textCases: readonly TextCase[],
  talks: readonly Talk[],
  encoder: SentenceEncoder,
  split: Split,
  predictions: Predictions,
): Promise<void> {
  const times = Float64Array.from(talks, ({ closedAt }) => closedAt)
  const labels = Int32Array.from(talks, ({ outcome }) => outcome)
  const rows = Int32Array.from(talks.keys())
  const cases = { cases: textCases, caseOf: rows, newest: rows, times }
  const byStrategy = (strategies: readonly Strategy[], withTerms: boolean, baselineProbabilities?: Float64Array) =>
    trainOnText(cases, labels, ['none', 'given'], {
      encoder,
      classWeights: 'none',
      seed: SEED,
      split,
      measureOnly: true,
      strategies,
      withTerms,
      ...(baselineProbabilities === undefined ? {} : { baselineProbabilities }),
    })
  const withTerms = await byStrategy(['newest', 'visit-wise'], true)
  const newest = await byStrategy(['newest'], false, withTerms.baselineProbabilities)
  const visitWise = await byStrategy(['visit-wise'], false, withTerms.baselineProbabilities)
  const lengths = lengthRows(textCases, Float64Array.from(labels), times)
  const byLength = new Float64Array(split.test.length)
  void logistic.scorer(logistic.train(chosenRows(lengths, split.train), SEED))(
    chosenRows(lengths, split.test),
    byLength,
  )
  split.test.forEach((row, place) => {
    predictions.get('length')![row] = byLength[place]!
    predictions.get('terms')![row] = newest.baselineProbabilities[2 * place + 1]!
    predictions.get('newest')![row] = newest.probabilities[2 * place + 1]!
    predictions.get('visit-wise')![row] = visitWise.probabilities[2 * place + 1]!
    predictions.get('with terms')![row] = withTerms.probabilities[2 * place + 1]!
  })
}

function compared(
  talks: readonly Talk[],
  splits: readonly Split[],
  predictions: Predictions,
): Readonly<Record<string, Figures>> {
  const outcomes = Float64Array.from(talks, ({ outcome }) => outcome)
  const tested = Int32Array.from(splits.flatMap(({ test }) => [...test]))
  const drawn = { seed: SEED, clusters: clustersOf(Array.from(tested, (row) => talks[row]!.customerId)) }
  const within = aucWithinParts(splits, outcomes)
  const aucOf = (own: Float64Array, places: Int32Array) =>
    within(
      own,
      places.map((place) => tested[place]!),
    )
  const beyond = (own: Float64Array, other: Way) =>
    bootstrapInterval(tested.length, (places) => aucOf(own, places) - aucOf(predictions.get(other)!, places), drawn)
  const ofTested = (values: Float64Array) => Float64Array.from(tested, (row) => values[row]!)
  return Object.fromEntries(
    [...predictions].map(([way, own]) => [
      way,
      {
        auc: bootstrapInterval(tested.length, (places) => aucOf(own, places), drawn),
        logLoss: logLoss(ofTested(outcomes), ofTested(own)),
        aucBeyondTerms: beyond(own, 'terms'),
        aucBeyondLength: beyond(own, 'length'),
      },
    ]),
  )
}

/**
 * Reads talks as the platform imports them: a dialogue is an opportunity, each turn of the person asked a visit;
 * ordered by their ends.
 */
async function readTalks(): Promise<readonly Talk[]> {
  const talks = new Map<string, Talk>()
  for await (const { topic, event } of persuasion4good.read(
    resolve(import.meta.dirname, '../../../shared/data/persuasion4good'),
  )) {
    if (topic === 'visits') {
      const { opportunityId, customerId, text, occurredAt } = event as Visit
      const talk = talks.get(opportunityId!) ?? { customerId, turns: [], outcome: 0, closedAt: 0 }
      talk.turns.push({ text: text ?? '', at: occurredAt })
      talks.set(opportunityId!, talk)
    }
    if (topic === 'outcomes') {
      const { subjectId, value, occurredAt } = event as Outcome
      Object.assign(talks.get(subjectId) ?? {}, { outcome: value, closedAt: occurredAt })
    }
  }
  return [...talks.values()].sort((one, other) => one.closedAt - other.closedAt)
}

/** Returns rows of the amount of text: turns, letters, words. */
function lengthRows(cases: readonly TextCase[], labels: Float64Array, times: Float64Array): Dataset {
  const rows = Float32Array.from(
    cases.flatMap((one) => {
      const text = textOf(one)
      return [one.records.length, text.length, text.split(/\s+/).length].map(Math.log1p)
    }),
  )
  return { count: cases.length, width: 3, rows, labels, times, texts: [], featureNames: ['turns', 'letters', 'words'] }
}
