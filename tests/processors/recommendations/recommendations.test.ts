import type { Model } from '../../../models/model.ts'
import { bucketOf } from '../../../features/hashed-names.ts'
import { organisationFeatures as features } from '../../../features/recommendations/organisation.ts'
import { defaultDictionary } from '../../../processors/recommendations/default-dictionary.ts'
import type { Globals } from '../../../processors/processor.ts'
import { recommendationsProcessor } from '../../../processors/recommendations/recommendations.ts'
import { dictionaries, type Dictionary } from '../../../schemas/recommendations/dictionary.ts'
import type { Recommendation } from '../../../schemas/recommendations/recommendations.ts'
import type { Score } from '../../../schemas/models/scores.ts'
import { message, type Message, type Topic } from '../../../schemas/topic.ts'
import { opportunities } from '../../../schemas/visits/visits.ts'
import { contacts, organisations } from '../../../schemas/recommendations/organisations.ts'
import { createReplay, noGlobals } from '../../../streams/replay/replay.ts'
import { contact, organisation } from '../../features/organisations.ts'
import { globals, opportunity, threshold } from '../scoring-fixtures.ts'

const costs = features.names.indexOf(`organisation.interest${bucketOf('costs', 64)}`)

/**
 * A model that recommends `low-rate` by people’s interest in costs and `group-cover` otherwise; trained on version 0.
 */
const model: Model = {
  id: 'costs',
  task: 'recommendation',
  algorithm: 'test',
  featureSet: features.id,
  featureNames: features.names,
  outputs: ['group-cover', 'low-rate'],
  dictionaryVersion: 0,
  score({ rows, width, count }, into) {
    for (let row = 0; row < count; row++) {
      const share = rows[row * width + costs]!
      into.set([0.9 - 0.8 * share, 0.1 + 0.85 * share], row * 2)
    }
  },
}
const released = globals({ model: () => model })

const told = (topic: unknown, value: unknown) => ({ topic: topic as Topic, value })
const lists = (messages: readonly Message[]) =>
  messages.filter(({ topic }) => topic.name === 'recommendations').map(({ value }) => value as Recommendation)
const ids = ({ items }: Recommendation) => items.map(({ characteristicId }) => characteristicId)

const started = async (under: Globals = released) => {
  const replay = createReplay(recommendationsProcessor)
  const messages = await replay.run([told(organisations, organisation(0)), told(contacts, contact('a', 1))], under)
  return { replay, messages }
}

test('an organisation gets a list with all that people need, and a score with the row that the model saw', async () => {
  const { messages } = await started()
  expect(lists(messages)).toHaveLength(1)
  expect(lists(messages)[0]).toMatchObject({
    customerId: 'c1',
    stage: 'first contact',
    items: [
      {
        characteristicId: 'group-cover',
        name: 'Cover for all employees',
        advice: 'Ask how hard it is to find people.',
      },
    ],
    threshold: 0.3,
    modelId: 'costs',
    modelDictionaryVersion: 0,
    dictionaryVersion: 0,
    absent: null,
  })
  expect(lists(messages)[0]!.unknownToModel).toHaveLength(defaultDictionary.characteristics.length - 2)
  const scores = messages.filter(({ topic }) => topic.name === 'scores').map(({ value }) => value as Score)
  expect(scores.at(-1)).toMatchObject({
    task: 'recommendation',
    subjectId: 'c1',
    featureSet: features.id,
    modelId: 'costs',
  })
  expect(scores.at(-1)!.probability).toBeCloseTo(0.9)
  expect(scores.at(-1)!.row).toHaveLength(features.names.length)
})

test('a changed interest of a contact person gives another list', async () => {
  const { replay } = await started()
  const [list] = lists(await replay.run([told(contacts, contact('a', 2, { categories: ['costs'] }))], released))
  expect(ids(list!)).toEqual(['low-rate'])
  const both = lists(await replay.run([told(contacts, contact('b', 3))], released))
  expect(both.map(ids)).toEqual([['low-rate', 'group-cover']])
})

test('a change without visible effect is not published', async () => {
  const { replay } = await started()
  expect(lists(await replay.run([told(contacts, contact('a', 2, { role: 'owner' }))], released))).toEqual([])
  expect(lists(await replay.run([told(organisations, organisation(0))], released))).toEqual([])
})

test('the stage of the talks chooses the advice', async () => {
  const { replay } = await started()
  const [list] = lists(await replay.run([told(opportunities, opportunity(3, { stage: 'Contract' }))], released))
  expect(list).toMatchObject({ stage: 'contract', items: [{ advice: 'Go through what is not covered.' }] })
  const [won] = lists(await replay.run([told(opportunities, opportunity(4, { status: 'won' }))], released))
  expect(won!.stage).toBe('retention')
})

test('a customer without a known organisation gets nothing', async () => {
  const replay = createReplay(recommendationsProcessor)
  expect(await replay.run([told(contacts, contact('a', 1)), told(opportunities, opportunity(1))], released)).toEqual([])
})

test('an edited dictionary takes effect by re-evaluation, and only where it matters', async () => {
  const { replay } = await started()
  const edited = (id: string, changes: object): Globals => {
    const change = (one: Dictionary['characteristics'][number]) => (one.id === id ? { ...one, ...changes } : one)
    const dictionary = {
      ...defaultDictionary,
      version: 4,
      characteristics: defaultDictionary.characteristics.map(change),
    }
    return globals({ model: () => model, settings: [message(dictionaries, dictionary)] })
  }
  expect(lists(await replay.reevaluate(edited('low-rate', { description: 'longer' })))).toEqual([])
  const [renamed] = lists(await replay.reevaluate(edited('group-cover', { name: 'Cover' })))
  expect(renamed).toMatchObject({
    items: [{ characteristicId: 'group-cover', name: 'Cover' }],
    dictionaryVersion: 4,
    modelDictionaryVersion: 0,
  })
  const [retired] = lists(await replay.reevaluate(edited('group-cover', { retired: true })))
  expect(retired).toMatchObject({ items: [], absent: null })
  const grown: Dictionary = {
    ...defaultDictionary,
    version: 5,
    characteristics: [...defaultDictionary.characteristics, { ...defaultDictionary.characteristics[0]!, id: 'new' }],
  }
  const [added] = lists(
    await replay.reevaluate(globals({ model: () => model, settings: [message(dictionaries, grown)] })),
  )
  expect(ids(added!)).toEqual(['group-cover'])
  expect(added!.unknownToModel).toContain('new')
})

test('the threshold that people set holds at once', async () => {
  const { replay } = await started()
  const [list] = lists(
    await replay.reevaluate(globals({ model: () => model, settings: [threshold('recommendation', 0.05)] })),
  )
  expect(ids(list!)).toEqual(['group-cover', 'low-rate'])
  expect(list!.threshold).toBe(0.05)
})

test('without a model the reason is given, once', async () => {
  const { replay, messages } = await started(noGlobals)
  expect(lists(messages)).toMatchObject([
    { items: [], modelId: null, unknownToModel: [], absent: 'No model is released for recommendation yet.' },
  ])
  expect(lists(await replay.run([told(contacts, contact('b', 5))], noGlobals))).toEqual([])
})

test('organisations are re-evaluated, and no others', async () => {
  const { replay } = await started()
  await replay.run([told(opportunities, opportunity(1, { customerId: 'c2', opportunityId: 'x' }))], released)
  const swept = await replay.reevaluate(released)
  expect(swept.map(({ key }) => key)).toEqual(['c1'])
})
