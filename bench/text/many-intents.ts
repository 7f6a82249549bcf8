import { existsSync } from 'node:fs'
import type { Interval } from '../../models/evaluation/bootstrap.ts'
import { random, shuffle } from '../../models/random.ts'
import { intentTextsOf } from '../../retrainer/training/intents/intent-texts.ts'
import { defaultIntentSettings } from '../../retrainer/training/intents/learn-intents.ts'
import { advantageOver, trainOnIntents } from '../../retrainer/training/intents/train-on-intents.ts'
import { pieceVectors } from '../../runtimes/text/piece-vectors.ts'
import { readCrosswoz } from './crosswoz.ts'
import { backboneFolder, haveTextSets, textSets } from './text-sets.ts'

const SEED = 1
const TEXTS = 18_000
/** Texts per intent, so that all intents together give `TEXTS`. */
const TEXTS_OF_INTENT_MAX = 225
/** Number of the most frequent intents of dialogues, and of domains of utterances. */
const OF_DIALOGUES = 53
const OF_UTTERANCES = 20

export interface ManyIntents {
  readonly texts: number
  readonly intents: number
  readonly accuracy: Interval
  readonly terms: Interval
  /** Accuracy gain over terms, on the same texts. */
  readonly advantage: Interval
  readonly epochs: number
  readonly cpuSeconds: number
  readonly minutes: number
}

interface LabelledText {
  readonly text: string
  readonly intent: string
}

/**
 * Measures cost and accuracy of a model with 150 intents: 18,000 questions to a bank, turns of tourists and of service
 * staff, and utterances, in English and Chinese. `undefined`: skipped, or the data are not present.
 */
export async function manyIntents(quick: boolean, log: (line: string) => void): Promise<ManyIntents | undefined> {
  const labelledTexts = await readTexts()
  if (quick || labelledTexts === undefined) {
    log('150 intents are skipped.')
    return undefined
  }
  const data = intentTextsOf(
    labelledTexts.map((one) => ({ ...one })),
    { text: 'text', target: 'intent' },
  )
  const vectorOf = existsSync(backboneFolder('bge-small-zh'))
    ? pieceVectors(backboneFolder('bge-small-zh'), defaultIntentSettings.width, SEED)
    : undefined
  const [began, before] = [performance.now(), process.cpuUsage()]
  const training = await trainOnIntents(data, {
    settings: defaultIntentSettings,
    seed: SEED,
    withTerms: true,
    withBaseline: true,
    vectorOf,
    times: new Float64Array(data.count).fill(Number.NaN),
  })
  const { user, system } = process.cpuUsage(before)
  const baseline = training.baseline!
  const found: ManyIntents = {
    texts: data.count,
    intents: data.intents.length,
    accuracy: training.metrics.accuracy,
    terms: baseline.metrics.accuracy,
    advantage: advantageOver(training.right, baseline.right, SEED),
    epochs: training.epochs,
    cpuSeconds: (user + system) / 1e6,
    minutes: (performance.now() - began) / 60_000,
  }
  log(JSON.stringify(found))
  return found
}

async function readTexts(): Promise<readonly LabelledText[] | undefined> {
  const dialogues = readCrosswoz()
  if (dialogues === undefined || !haveTextSets()) return undefined
  const setNamed = async (name: string) =>
    (await textSets.find((set) => set.name === name)!.read()).map(({ text, label }) => ({
      text,
      intent: `${name}: ${label}`,
    }))
  const turns = dialogues.flat().flatMap(({ content: text, dialog_act: acts }): LabelledText[] => {
    const act = acts.find(([name]) => name !== 'General') ?? acts[0]
    return act === undefined ? [] : [{ text, intent: `zh_crosswoz: ${act.slice(0, 3).join(' ')}` }]
  })
  const all = [
    ...(await setNamed('banking77')),
    ...mostFrequent(turns, OF_DIALOGUES),
    ...mostFrequent(await setNamed('zh_smp2019 domains'), OF_UTTERANCES),
  ]
  const counts = new Map<string, number>()
  return Array.from(shuffle(Int32Array.from(all.keys()), random(SEED)), (place) => all[place]!)
    .filter(({ intent }) => {
      const count = (counts.get(intent) ?? 0) + 1
      counts.set(intent, count)
      return count <= TEXTS_OF_INTENT_MAX
    })
    .slice(0, TEXTS)
}

function mostFrequent(labelledTexts: readonly LabelledText[], intents: number): LabelledText[] {
  const groups = [...Map.groupBy(labelledTexts, ({ intent }) => intent).values()]
  return groups
    .sort((one, other) => other.length - one.length)
    .slice(0, intents)
    .flat()
}
