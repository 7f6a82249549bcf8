import { createHash } from 'node:crypto'
import { verifyServed } from '../../composition/verify/verify-served.ts'
import { startOutbox } from '../../composition/outbox.ts'
import { bucketOf } from '../../features/hashed-names.ts'
import { organisationFeatures as features } from '../../features/recommendations/organisation.ts'
import { encodeArtefact } from '../../models/artefact.ts'
import type { NetworkData } from '../../models/deep/network-data.ts'
import { random } from '../../models/random.ts'
import { dictionarySetting } from '../../processors/recommendations/dictionary-setting.ts'
import { thresholdSetting } from '../../processors/loans/threshold-setting.ts'
import { trainNetworkInThread } from '../../runtimes/tensorflow/train-network-in-thread.ts'
import { opportunities } from '../../schemas/visits/visits.ts'
import { contacts, organisations } from '../../schemas/recommendations/organisations.ts'
import type { Topic } from '../../schemas/topic.ts'
import { registerModel } from '../../store/models/models.ts'
import { promoteModel } from '../../store/models/release-models.ts'
import { recommendationOf } from '../../store/recommendations/recommendations.ts'
import { setSetting } from '../../store/versioned-settings.ts'
import { contact, organisation } from '../features/organisations.ts'
import { opportunity } from '../processors/scoring-fixtures.ts'
import { waitFor } from '../support/services.ts'
import { deploy, type Deployment } from './deployment-under-test.ts'

const outputs = ['group-cover', 'low-rate']
let artefact: Uint8Array
let deployment: Deployment

/** Releases a trained network: those interested in costs take the low rate, the others take the cover. */
beforeAll(async () => {
  const next = random(1)
  const width = features.names.length
  const place = features.names.indexOf(`organisation.interest${bucketOf('costs', 64)}`)
  const count = 400
  // Constant features carry no information: only the interest counts.
  const rows = new Float32Array(count * width)
  for (let row = 0; row < count; row++) rows[row * width + place] = next() < 0.5 ? 1 : 0
  const labels = new Float64Array(count * 2)
  for (let row = 0; row < count; row++) labels.set(rows[row * width + place] === 1 ? [0, 1] : [1, 0], row * 2)
  const data: NetworkData = {
    count,
    width,
    rows,
    texts: [],
    featureNames: features.names,
    outputs: 2,
    labels,
    times: new Float64Array(count).fill(Number.NaN),
  }
  const parameters = await trainNetworkInThread(
    data,
    'multi-label',
    { hidden: [8], epochs: 40, batchNormalisation: false, learningRate: 0.02 },
    1,
  )
  artefact = encodeArtefact({
    task: 'recommendation',
    algorithm: 'deep-labels',
    featureSet: features.id,
    featureNames: features.names,
    outputs,
    dictionaryVersion: 0,
    parameters,
  })
}, 60_000)

beforeEach(async () => void (deployment = await deploy()))
afterEach(() => deployment.close())

async function release(): Promise<string> {
  const id = createHash('sha256').update(artefact).digest('hex')
  await registerModel(deployment.database, {
    id,
    task: 'recommendation',
    algorithm: 'deep-labels',
    featureSet: features.id,
    artefact: Buffer.from(artefact),
    metrics: {},
    data: {},
    codeVersion: 'test',
  })
  await promoteModel(deployment.database, id, 'for the test')
  return id
}

/** Waits until the sink holds this list. */
const untilListed = (ids: readonly string[], stage: string, name?: string) =>
  waitFor(
    async () => {
      const list = await recommendationOf(deployment.database, 'c1')
      const is =
        list?.stage === stage && list.items.map(({ characteristicId }) => characteristicId).join() === ids.join()
      return is && (name === undefined || list.items[0]?.name === name) && list
    },
    { what: `a list of ${ids.join(', ') || 'nothing'} at ${stage}` },
  )

test('a changed contact gives a new list; an edit of the dictionary takes effect without a restart; everything is verified', async () => {
  const outbox = await startOutbox(deployment.context)
  try {
    const modelId = await release()
    const edit = (id: string, changes: object, expectedVersion: number) => {
      const { characteristics } = dictionarySetting.lists
      const value = { ...characteristics.defaults.get(id)!, ...changes }
      return setSetting(deployment.database, characteristics, { key: id, value, changedBy: 'test', expectedVersion })
    }
    const tell = (topic: unknown, value: unknown) => deployment.publisher.publish(topic as Topic, [value as never])
    await deployment.start()
    await tell(organisations, organisation(0))
    await tell(contacts, contact('a', 1))
    const first = await untilListed(['group-cover'], 'first contact')
    expect(first).toMatchObject({ modelId, modelDictionaryVersion: 0, dictionaryVersion: 0, absent: null })
    expect(first.items[0]!.advice).toBe('Ask how hard it is to find people.')

    await tell(contacts, contact('a', 2, { categories: ['costs'] }))
    await untilListed(['low-rate'], 'first contact')
    await tell(opportunities, opportunity(3, { stage: 'contract' }))
    const contract = await untilListed(['low-rate'], 'contract')
    expect(contract.items[0]!.advice).toBe('Have the rate and how long it holds stand on the first page.')

    // Names come from the active dictionary, the model’s outputs from the one that it was trained on.
    await edit('low-rate', { name: 'Best rate' }, 0)
    expect(await untilListed(['low-rate'], 'contract', 'Best rate')).toMatchObject({
      dictionaryVersion: 1,
      modelDictionaryVersion: 0,
    })
    await edit(
      'brand-new',
      { id: 'brand-new', name: 'Brand new', description: '', product: null, needs: [], advice: {}, retired: false },
      0,
    )
    await waitFor(
      async () => (await recommendationOf(deployment.database, 'c1'))?.unknownToModel.includes('brand-new'),
      {
        what: 'word of a characteristic that the model does not know',
      },
    )
    await edit('low-rate', { name: 'Best rate', retired: true }, 1)
    await untilListed([], 'contract')
    await edit('low-rate', { name: 'Best rate' }, 3)
    await untilListed(['low-rate'], 'contract')
    const threshold = { key: 'recommendation', value: { value: 1 }, changedBy: 'test', expectedVersion: 0 }
    await setSetting(deployment.database, thresholdSetting, threshold)
    await untilListed([], 'contract')

    await deployment.untilCaughtUp()
    const request = { database: true, allowGaps: false, processors: ['recommendations'] }
    const { ok, processors, database } = await verifyServed(deployment.context, request)
    const { messages, differences } = processors['recommendations']!
    expect([...differences, ...database!.differences]).toEqual([])
    expect(ok).toBe(true)
    expect(messages.compared).toBeGreaterThan(12)
  } finally {
    await outbox.stop()
  }
}, 120_000)
