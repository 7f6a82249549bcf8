import { noFeatures, processor, input, numericState, type Processor } from '../../processors/processor.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import { createRegistry, type Registry } from '../../schemas/release/registry.ts'
import { releasedSchemas } from '../../schemas/release/released.ts'
import { event, identifier, int, type TypeOf } from '../../schemas/avro/schema.ts'
import { scores } from '../../schemas/models/scores.ts'
import { globalTopic, message } from '../../schemas/topic.ts'

/**
 * A setting that exists only in these tests, and a processor whose decisions depend on one entry of it. The platform
 * refers to neither.
 */
const Surcharge = event('Surcharge', 'What a movement costs, by kind.', { kind: identifier, version: int, cents: int })
export type Surcharge = TypeOf<typeof Surcharge>

export const surcharges = globalTopic<Surcharge>({
  name: 'surcharges',
  schema: Surcharge,
  key: 'kind',
  keyOf: ({ kind }) => kind,
  versionOf: ({ version }) => version,
  producer: 'tests',
})

/** A registry as `node generators/release-schemas.ts` would release it. */
export const surchargeRegistry: Registry = createRegistry([
  ...releasedSchemas,
  {
    id: 1 + Math.max(...releasedSchemas.map(({ id }) => id)),
    subject: 'surcharges-value',
    version: 1,
    schema: Surcharge.avro,
  },
])

export const surcharge = (kind: string, version: number, cents: number) =>
  message(surcharges, { id: `${kind}-${version}`, occurredAt: 1, source: 'test', kind, version, cents })

const movements = numericState('movements', 2)

/** Publishes after each movement the cost of the customer’s movements: their count times the surcharge for cards. */
export const surcharging: Processor = processor<{ readonly at: number; readonly count: number }>({
  name: 'surcharging',
  version: 1,
  purpose: 'For tests of settings.',
  inputs: [
    input(transactions, (state, { occurredAt, customerId }, requestScore) => {
      const [count = 0, latest = 0] = state.get(movements, '') ?? []
      state.put(movements, '', Float64Array.of(count + 1, Math.max(latest, occurredAt)))
      requestScore(customerId)
    }),
  ],
  outputs: [scores],
  state: [movements],
  decisionState: [],
  features: noFeatures,
  *subjects(state) {
    if (state.get(movements, '') !== undefined) yield state.key
  },
  row(state) {
    const memory = state.get(movements, '')
    return memory === undefined ? undefined : { at: memory[1]!, count: memory[0]! }
  },
  decide(_decisionState, { id, source, key, subject, rowContext }, globals, emit) {
    const cents = globals.get(surcharges, 'card')?.cents ?? 0
    emit(
      message(scores, {
        id,
        occurredAt: rowContext.at,
        source,
        task: 'surcharge',
        subjectId: subject,
        customerId: key,
        opportunityId: null,
        salespersonId: null,
        visitCount: rowContext.count * cents,
        probability: null,
        modelId: null,
        absent: null,
        featureSet: 'none',
        row: [],
        text: null,
        lineTimes: null,
        inputTopic: null,
        inputPartition: null,
        inputOffset: null,
        featuresId: null,
        propensity: null,
        acted: null,
      }),
    )
  },
  reevaluateOn: [[surcharges, 'card']],
})
