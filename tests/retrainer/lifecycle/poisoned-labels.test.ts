import { modelFrom } from '../../../models/artefact.ts'
import { logLoss } from '../../../models/evaluation/metrics.ts'
import { random } from '../../../models/random.ts'
import { everySource, trustedSourceSetting } from '../../../processors/models/trusted-source-setting.ts'
import { retrain } from '../../../retrainer/lifecycle/retrain.ts'
import { scored } from '../../../retrainer/lifecycle/scored.ts'
import { trainingSet } from '../../../retrainer/lifecycle/training-set.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { labelledRows, type LabelledRow } from '../../../schemas/models/labelled-rows.ts'
import { listHolds, releaseHold } from '../../../store/models/label-holds.ts'
import { championOf, listModels } from '../../../store/models/models.ts'
import { setSetting } from '../../../store/versioned-settings.ts'
import { learnableTaskNamed } from '../../../subjects/subjects.ts'
import { put, storeUnderTest } from '../../store/store-under-test.ts'

const store = storeUnderTest()
const task = learnableTaskNamed('call-conversion')
const START = Date.UTC(2025, 0, 6)
const WEEKS = 30
const CLEAN = 900

/** A labelled row of its own customer, served on a day; its first number says how likely the label is 1. */
function labelled(name: string, day: number, signal: number, label: number, source = 'crm'): LabelledRow {
  const at = START + Math.round(day * DAY_MS)
  return {
    ...{ id: name, occurredAt: at, source: 'label-join', labelId: name, customerId: name, task: task.task },
    ...{ subjectId: name, status: 'labelled', cause: 'outcome', label, training: true, joined: 1 },
    ...{ asOf: at, knownAt: at + DAY_MS, outcomeId: name, outcomeSource: source, reviewer: null, revision: 0 },
    ...{ scoreId: name, servedAt: at, featureSet: task.features.id, text: null, lineTimes: null },
    ...{ probability: null, modelId: null, propensity: null, acted: null },
    row: task.features.names.map((_, place) => (place === 0 ? signal : 0)),
  }
}

function drawn(count: number, prefix: string, seed: number): LabelledRow[] {
  const next = random(seed)
  return Array.from({ length: count }, (_, index) => {
    const signal = 2 * next() - 1
    const label = next() < 1 / (1 + Math.exp(-4 * signal)) ? 1 : 0
    return labelled(`${prefix}${index}`, (7 * WEEKS * index) / count, signal, label)
  })
}

/** Two sources send the true labels. */
const clean = drawn(CLEAN, 'c', 1).map((one, index) => ({ ...one, outcomeSource: index % 2 === 0 ? 'crm' : 'core' }))
const held = drawn(2_000, 'held', 2)

type Attack = (rate: number) => LabelledRow[]

/** Attacks by a third source, with `rate` poisoned labels for each clean one. */
const attacks: Readonly<Record<string, Attack>> = {
  // Successes of customers of whom none is likely.
  flood: (rate) =>
    Array.from({ length: Math.round(rate * CLEAN) }, (_, index) =>
      labelled(`f${index}`, 7 * WEEKS * ((index % 97) / 97), -0.9, 1, 'partner'),
    ),
  // Labels are corrected to the opposite: at most half of all.
  flip: (rate) =>
    clean
      .filter((_, index) => (index * 0.618) % 1 < rate / (1 + rate) / 1.4)
      .map((one) => ({ ...one, label: 1 - one.label!, outcomeSource: 'partner' })),
  // Old successes are sent again as those of other customers, who were served other rows.
  replay: (rate) => {
    const old = clean.filter(({ label }) => label === 1)
    return Array.from({ length: Math.round(rate * CLEAN) }, (_, index) =>
      labelled(`r${index}`, 7 * WEEKS * ((index % 89) / 89), -old[index % old.length]!.row[0]!, 1, 'partner'),
    )
  },
}

/** Log loss of the champion on rows that no attack reaches. */
async function lossOfChampion(): Promise<number> {
  const stored = (await championOf(store.database, task.task))!
  const data = trainingSet(
    held.map((one) => ({ row: one.row, text: null, label: one.label!, at: one.servedAt! })),
    task.features.names,
  )
  const model = modelFrom(stored.artefact, stored.id)
  return logLoss(data.labels, await scored((batch, into) => model.score(batch, into), data))
}

const train = () => retrain(task, { database: store.database, codeVersion: 'test' })

/** Trains on clean labels, then on poisoned ones. Returns the result, and how much worse the champion has become. */
async function harmOf(attack: string, rate: number, changes: Partial<typeof everySource>) {
  await put(store.database, labelledRows, clean)
  const value = { ...everySource, ...changes }
  await setSetting(store.database, trustedSourceSetting, {
    ...{ key: task.task, value, changedBy: 'test', expectedVersion: 0 },
  })
  expect(await train()).toMatchObject({ promote: true })
  const before = await lossOfChampion()
  await put(store.database, labelledRows, attacks[attack]!(rate))
  const result = await train()
  return { harm: (await lossOfChampion()) - before, result }
}

const grid = Object.keys(attacks).flatMap((attack) => [0.1, 2].map((rate) => [attack, rate] as const))
const unprotected = { rateDifferenceMax: 1 }

test.each(grid)('%s, %d poisoned labels for each clean one: of a source that is not trusted', async (attack, rate) => {
  const { harm } = await harmOf(attack, rate, { ...unprotected, sources: ['crm', 'core'] })
  expect(harm).toBeLessThan(0.01)
})

test.each(grid)('%s, %d poisoned labels for each clean one: the reference keeps the champion', async (attack, rate) => {
  const { harm } = await harmOf(attack, rate, { ...unprotected, referenceSources: ['crm'] })
  expect(harm).toBeLessThan(0.01)
})

test.each(grid)(
  '%s, %d poisoned labels for each clean one: reference, cap and holds together',
  async (attack, rate) => {
    const { harm } = await harmOf(attack, rate, { referenceSources: ['crm', 'core'], sourceShareMax: 0.02 })
    expect(harm).toBeLessThan(0.01)
  },
)

test.each(['flood', 'replay'])(
  '%s of 2 poisoned labels for each clean one: holds alone keep the champion',
  async (attack) => {
    const { harm } = await harmOf(attack, 2, {})
    expect(harm).toBeLessThan(0.01)
  },
)

test('without protection a flood replaces the champion by a worse one', async () => {
  const { harm, result } = await harmOf('flood', 2, unprotected)
  expect(result).toMatchObject({ promote: true })
  expect(harm).toBeGreaterThan(0.1)
})

test('held labels do not train until a named person releases them', async () => {
  const { result: poisoned } = await harmOf('flood', 2, {})
  if (poisoned.kind !== 'trained') throw new Error(poisoned.kind)
  const models = await listModels(store.database, task.task)
  expect(models.find(({ id }) => id === poisoned.modelId)!.data['trust']).toMatchObject({ version: 1, capped: 0 })
  const holds = await listHolds(store.database, { released: false }, { limit: 99 })
  expect(holds.length).toBeGreaterThan(5)
  expect(holds.every(({ name, reason }) => name === 'partner' && reason.includes('usual'))).toBe(true)
  for (const { id } of holds) await releaseHold(store.database, id, { by: 'Ann', reason: 'checked' })
  expect(await releaseHold(store.database, holds[0]!.id, { by: 'Bob', reason: 'again' })).toBeUndefined()
  expect(await train()).toMatchObject({ kind: 'trained', promote: true })
  // A released week is not held again.
  expect(await listHolds(store.database, { released: false }, { limit: 9 })).toEqual([])
  const [one] = await listHolds(store.database, { released: true }, { limit: 1 })
  expect(one).toMatchObject({ releasedBy: 'Ann', releaseReason: 'checked' })
})

test('a reference with too few of the newest rows releases nothing, and says so', async () => {
  await put(store.database, labelledRows, clean)
  await setSetting(store.database, trustedSourceSetting, {
    ...{
      key: task.task,
      value: { ...everySource, referenceSources: ['audit'] },
      changedBy: 'test',
      expectedVersion: 0,
    },
  })
  const result = await train()
  expect(result).toMatchObject({ kind: 'trained', promote: false })
  expect(result).toMatchObject({ reason: expect.stringContaining('only 0 of the newest rows') as string })
})
