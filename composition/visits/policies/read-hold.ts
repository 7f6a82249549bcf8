import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import { valueOf } from '../../../kafka/records/record-access.ts'
import { VISIT_POLICY } from '../../../processors/visits/default-policy.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { policyHolds, type PolicyHold } from '../../../schemas/visits/policy-holds.ts'
import type { CommandContext } from '../../context.ts'
import { clientOptions, namingOf, openRegistry } from '../../kafka.ts'
import { readTopic } from '../../read-topic.ts'

/** Returns the last hold of the circuit breaker; `undefined` if it has never held a policy. */
export async function readHold({ config, log }: CommandContext): Promise<PolicyHold | undefined> {
  const client = createKafkaClient(clientOptions(config, 'policies'))
  try {
    const codec = codecOf(policyHolds, await openRegistry(config, log))
    let last: PolicyHold | undefined
    for await (const { batch, index } of readTopic(client, namingOf(config).topic(policyHolds))) {
      const value = valueOf(batch, index)
      const hold = value === null ? undefined : codec.decode(value, 0, value.length)
      if (hold?.name === VISIT_POLICY) last = hold
    }
    return last
  } finally {
    await client.close()
  }
}
