import type { Processor } from '../../../processors/processor.ts'
import { transactions } from '../../../schemas/customers/banking.ts'
import { policies } from '../../../schemas/visits/policies.ts'
import { releases } from '../../../schemas/models/releases.ts'
import { customerMerges } from '../../../schemas/platform/customer-merges.ts'
import { erasures } from '../../../schemas/platform/erasures.ts'
import { scores, type Score } from '../../../schemas/models/scores.ts'
import { thresholds } from '../../../schemas/loans/thresholds.ts'
import { message, type GlobalTopic, type Message, type Topic } from '../../../schemas/topic.ts'
import {
  emptyTables,
  globalsVersion,
  globalTopicsOf,
  withRecord,
  type GlobalsVersion,
} from '../../../streams/settings/global-tables.ts'
import { createReplay } from '../../../streams/replay/replay.ts'
import { waitFor } from '../../support/services.ts'
import { counting, halving, transaction } from '../counting-processor.ts'
import { createStream, type StreamUnderTest } from '../stream-under-test.ts'
import { surcharge, surchargeRegistry, surcharges, surcharging, type Surcharge } from '../surcharging-processor.ts'
import { verifyStream } from '../verify-stream.ts'

let stream: StreamUnderTest | undefined
afterEach(() => stream?.close())

/** Returns the globals as if a reader for `surcharging` had read these records. */
function globalsOf(settings: readonly Message[]): GlobalsVersion {
  let tables = emptyTables(globalTopicsOf([surcharging]))
  for (const { key, value } of settings) tables = withRecord(tables, surcharges, key, value, () => halving())
  return globalsVersion(tables, [])
}

const model = () => halving()
const threshold = (task: string, version: number, value: number) =>
  message(thresholds, { id: 't', occurredAt: 1, source: 'test', task, version, value, changedBy: 'a' })

const events = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => transaction(`c${index % 3}`, 1, { id: `t${from + index}` }))
const shown = ({ customerId, visitCount }: Score) => `${customerId} ${visitCount}`

test('the topics to read are those that the processors declare, each once, with the releases, the erasures and the merges', () => {
  const declaring: Processor = { ...counting, globalTables: [policies], reevaluateOn: [[thresholds, 'x']] }
  expect(globalTopicsOf([declaring, declaring, surcharging])).toEqual([
    releases,
    erasures,
    customerMerges,
    policies,
    thresholds,
    surcharges,
  ])
})

test('the settings version changes with the entries that a processor names, and with nothing else', () => {
  const versionAfter = (...settings: Message[]) => globalsOf(settings).settingsVersion(surcharging)
  expect(versionAfter()).toBe('-')
  expect(versionAfter(surcharge('card', 3, 7))).toBe('3')
  expect(versionAfter(surcharge('card', 3, 7), surcharge('cash', 9, 1))).toBe('3')
  expect(versionAfter(surcharge('card', 3, 7), { ...surcharge('card', 4, 7), value: null })).toBe('-')
})

test('a setting that breaks the rules of its topic, or has a wrong key, changes nothing', () => {
  const { value, key } = threshold('loan-demand', 1, 0.5)
  const tables = withRecord(emptyTables([thresholds as GlobalTopic]), thresholds as GlobalTopic, key, value, model)
  const refused = (setting: object, under = key) =>
    expect(() => withRecord(tables, thresholds as GlobalTopic, under, { ...(value as object), ...setting }, model))
  refused({ version: 2, value: 1.5 }).toThrow('value is 1.5; it must be between 0 and 1')
  refused({ version: 2, value: Number.NaN }).toThrow('value is NaN')
  refused({ version: 2, changedBy: 'a\0' }).toThrow('NUL')
  refused({ version: 2 }, 'conversion').toThrow('The key is "conversion", the payload’s task is "loan-demand"')
  expect(globalsVersion(tables, []).get(thresholds, key)).toEqual(value)
})

test('a release under the key of another task is ignored', () => {
  const at = emptyTables([releases as GlobalTopic])
  const release = { ...(threshold('conversion', 1, 0.5).value as object), metrics: { auc: Number.NaN }, trials: [] }
  expect(withRecord(at, releases as GlobalTopic, 'conversion', release, model).get('releases')?.size).toBe(1)
  expect(() => withRecord(at, releases as GlobalTopic, 'loan-demand', release, model)).toThrow('The key is')
})

test('the settings version of a whole table depends on the decisive content of its entries, in any order', () => {
  const priced: GlobalTopic<Surcharge> = {
    ...surcharges,
    decisiveOf: ({ cents }) => (cents === 0 ? '' : String(cents)),
  }
  const versionAfter = (table: GlobalTopic, ...settings: Message[]) => {
    let tables = emptyTables([table])
    for (const { key, value } of settings) tables = withRecord(tables, table, key, value, model)
    return globalsVersion(tables, []).settingsVersion({ reevaluateOn: [[table]] })
  }
  const [decisive, plain] = [priced as GlobalTopic, surcharges as GlobalTopic]
  const [card, cash] = [surcharge('card', 1, 7), surcharge('cash', 1, 9)]
  expect(versionAfter(decisive, surcharge('card', 1, 0))).toBe(versionAfter(decisive))
  expect(versionAfter(decisive, card, cash)).toBe(
    versionAfter(decisive, surcharge('cash', 3, 9), surcharge('card', 2, 7)),
  )
  const different = [[card], [cash], [card, cash], [surcharge('card', 1, 79)], [surcharge('card', 1, 9), cash], []]
  expect(new Set(different.map((settings) => versionAfter(decisive, ...settings))).size).toBe(different.length)
  expect(versionAfter(plain, card)).not.toBe(versionAfter(plain, surcharge('card', 2, 7)))
})

test('versions that hold a slash are not taken for two', () => {
  const table = { ...surcharges, versionOf: ({ id }: { readonly id: string }) => id }
  const onBoth = { reevaluateOn: [[table, 'a'] as const, [table, 'b'] as const] }
  const versionOf = (a: string, b: string) => {
    let tables = emptyTables([table])
    for (const [key, id] of [['a', a] as const, ['b', b] as const])
      tables = withRecord(tables, table, key, { ...(surcharge(key, 1, 1).value as object), id }, () => halving())
    return globalsVersion(tables, []).settingsVersion(onBoth)
  }
  expect(versionOf('x/y', 'z')).not.toBe(versionOf('x', 'y/z'))
})

test('a processor that reads a table without declaring it stops with its name, and no event is blamed', async () => {
  const forgetful: Processor = { ...surcharging, reevaluateOn: [] }
  const run = createReplay(forgetful)
  const inputs = [{ topic: transactions as Topic, value: transaction('c1', 1) }]
  await expect(run.run(inputs, globalsOf([surcharge('card', 1, 7)]))).rejects.toThrow(
    'surcharging reads the global table surcharges without declaring it',
  )
  expect(run.refused).toEqual([])
  expect(() => globalsOf([]).get(policies, 'visits')).toThrow('policies is not read')
})

test('a setting that only its own file and its processor know is served, re-evaluated, replayed and verified', async () => {
  const options = { globalTopics: [surcharges as Topic], registry: surchargeRegistry }
  const { publish, start, readAll } = (stream = await createStream([surcharging], options))
  const scored = async () => (await readAll(scores)).map(shown)
  await publish(events(0, 6).map((event) => message(transactions, event)))
  await start()
  await waitFor(async () => (await scored()).length === 6, { what: 'scores without a setting' })
  expect(new Set(await scored())).toEqual(new Set(['c0 0', 'c1 0', 'c2 0']))

  await publish([surcharge('card', 1, 7)])
  await waitFor(async () => (await scored()).length === 9, { what: 'the re-evaluation of each customer' })
  expect((await scored()).toSorted().slice(-9)).toEqual(expect.arrayContaining(['c0 14', 'c1 14', 'c2 14']))

  // Decisions do not depend on the other entry, and a repeated version is no change.
  await publish([surcharge('cash', 1, 3), surcharge('card', 1, 7)])
  await publish(events(6, 3).map((event) => message(transactions, event)))
  await waitFor(async () => (await scored()).includes('c2 21'), { what: 'scores under the setting' })
  await waitFor(async () => (await scored()).length >= 12, { what: 'all scores' })
  expect(await scored()).toHaveLength(12)

  const run = createReplay(surcharging)
  const under = globalsOf([surcharge('card', 1, 7)])
  const inputs = events(0, 6).map((value) => ({ topic: transactions as Topic, value }))
  await run.run(inputs, globalsOf([]))
  expect((await run.reevaluate(under)).map(({ value }) => shown(value as Score))).toEqual(['c0 14', 'c1 14', 'c2 14'])

  const { messages, differences, tasks } = await verifyStream(stream, surcharging)
  expect(differences).toEqual([])
  expect(messages).toEqual({ compared: 12, different: 0, missing: 0, extra: 0, deleted: 0 })
  expect(tasks.every(({ gap, state }) => gap === undefined && state.different === 0)).toBe(true)
}, 60_000)
