import type { InspectedBroker } from '../../../kafka/admin/inspect-broker.ts'
import { brokersOf } from '../../services.ts'
import { error, ok, type Check, type Examined, type Finding } from '../check.ts'

/** Connects to each configured broker, and to each address under which the brokers want to be reached. */
export const brokers: Check = {
  name: 'brokers',
  async run(examined) {
    const configured = brokersOf(examined.config)
    const found = await Promise.all(configured.map((broker) => findingOf(examined, broker, 'KAFKA_BROKERS')))
    if (found.every(({ status }) => status === 'error')) return found
    const cluster = await examined.kafka().cluster()
    const others = cluster.brokers.filter((broker) => !configured.includes(broker))
    const advertised = others.map((broker) => findingOf(examined, broker, 'advertised.listeners of the brokers'))
    return [
      ...found,
      ...(await Promise.all(advertised)),
      ...copiesFinding(examined.config.TOPIC_REPLICATION, cluster.brokers.length),
    ]
  },
}

async function findingOf({ kafka }: Examined, broker: string, setting: string): Promise<Finding> {
  try {
    return ok(`${broker} answers${featuresOf(await kafka().broker(broker))}.`)
  } catch (thrown) {
    const advice = `Check that the broker runs, that ${setting} names it, and that KAFKA_TLS and KAFKA_SASL_MECHANISM fit its listener.`
    return error(`${broker} can't be used: ${(thrown as Error).message}`, advice)
  }
}

function featuresOf({ features }: InspectedBroker): string {
  const each = ['metadata.version', 'transaction.version'].flatMap((name) =>
    features.has(name) ? [`${name} ${features.get(name)}`] : [],
  )
  return each.length === 0 ? '' : ` (${each.join(', ')})`
}

export function copiesFinding(wanted: number, brokerCount: number): Finding[] {
  if (wanted <= brokerCount) return []
  const found = `TOPIC_REPLICATION is ${wanted}, and the cluster has ${brokerCount} brokers: new topics can't be created.`
  return [error(found, 'Start more brokers, or lower TOPIC_REPLICATION.')]
}
