/** Publishes what processors publish about customers, without processors: any number of features and scores. */
import { customerFeatures as features } from '../features/customers/customer.ts'
import { createPlainProducer } from '../kafka/producer/plain-producer.ts'
import { random } from '../models/random.ts'
import { codecOf } from '../schemas/avro/codec.ts'
import { releasedRegistry } from '../schemas/release/registry.ts'
import { customerFeatures, type CustomerFeatures } from '../schemas/customers/customer-features.ts'
import { scores, type Score } from '../schemas/models/scores.ts'
import type { Topic } from '../schemas/topic.ts'
import type { Naming } from '../streams/naming.ts'

const CUSTOMERS = 10_000

/** Writes `count` records: half of them features, half scores with their rows. */
export async function publishServedRows(brokers: readonly string[], naming: Naming, count: number): Promise<void> {
  const producer = createPlainProducer({ brokers, clientId: 'bench' })
  await producer.connect()
  const publish = async <Event>(topic: Topic<Event>, eventOf: (index: number) => Event) => {
    const { encode } = codecOf(topic, releasedRegistry)
    const records = Array.from({ length: count / 2 }, (_, index) => {
      const event = eventOf(index)
      return { key: topic.keyOf(event), value: encode(event) }
    })
    await producer.send(naming.topic(topic as Topic), records)
  }
  await publish(customerFeatures, featuresOf)
  await publish(scores, scoreOf)
  await producer.close()
}

export const servedTopics: readonly Topic[] = [customerFeatures as Topic, scores as Topic]

const next = random(1)
const rowOf = () => [...Float32Array.from(features.names, () => next() * 1_000)]
const startAt = Date.UTC(2026, 0, 1)
const envelope = (kind: string, index: number) => ({
  id: `${kind}${index}`,
  occurredAt: startAt + index * 1_000,
  source: 'bench',
})

function featuresOf(index: number): CustomerFeatures {
  const customerId = `c${index % CUSTOMERS}`
  return {
    ...envelope('f', index),
    customerId,
    featureSet: features.id,
    values: rowOf(),
    timeZone: 'Asia/Shanghai',
  }
}

function scoreOf(index: number): Score {
  const customerId = `c${index % CUSTOMERS}`
  return {
    ...envelope('s', index),
    task: 'loan-demand',
    subjectId: customerId,
    customerId,
    opportunityId: null,
    salespersonId: null,
    visitCount: null,
    probability: next(),
    modelId: 'bench',
    absent: null,
    featureSet: features.id,
    row: rowOf(),
    text: null,
    lineTimes: null,
    inputTopic: null,
    inputPartition: null,
    inputOffset: null,
    featuresId: null,
    propensity: null,
    acted: null,
  }
}
