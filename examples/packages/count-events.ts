/** Counts clicks per page, exactly once, in a state that outlives the process: STATE=folder. */
import { createAdmin, createKafkaClient } from '@scoreline/kafka'
import * as s from '@scoreline/streams'

const { KAFKA_BROKERS = 'localhost:9092', PREFIX = '', STATE = './state' } = process.env
const Click = s.event('Click', 'A click on a page.', { page: s.identifier })
const Count = s.event('Count', 'How often a page was clicked.', { page: s.identifier, clicks: s.int })
const keyed = { key: 'page', keyOf: ({ page }: { readonly page: string }) => page, producer: '' }
const clicks = s.topic<s.TypeOf<typeof Click>>({
  name: 'clicks',
  schema: Click,
  ...keyed,
  retention: { days: 7 },
  role: 'input',
})
const counts = s.topic<s.TypeOf<typeof Count>>({
  name: 'counts',
  schema: Count,
  ...keyed,
  retention: 'compacted',
  role: 'output',
})

const total = s.numericState('total', 1)
const counter = s.processor<{ readonly at: number; readonly clicks: number }>({
  ...{ name: 'counter', version: 1, purpose: 'Counts clicks per page.', features: s.noFeatures },
  ...{ outputs: [counts], state: [total], decisionState: [], subjects: (state) => [state.key] },
  inputs: [
    s.input(clicks, (state, click, requestScore) => {
      const [before = 0] = state.get(total, '') ?? []
      state.put(total, '', Float64Array.of(before + 1))
      requestScore(click.page)
    }),
  ],
  row: (state) => ({ at: 0, clicks: state.get(total, '')![0]! }),
  decide(_state, { key, id, source, rowContext }, _globals, emit) {
    emit(s.message(counts, { id, source, occurredAt: rowContext.at, page: key, clicks: rowContext.clicks }))
  },
})

const topics = [clicks, counts, ...s.engineTopics] as s.Topic[]
const naming = s.createNaming(PREFIX)
const brokers = { brokers: KAFKA_BROKERS.split(','), clientId: 'counter' }
const admin = createAdmin(brokers)
const required = s.requiredTopics(naming, { topics, processors: [counter], partitions: 2 })
await admin.ensureTopics(required.map((topic) => ({ ...topic, replicationFactor: 1 })))
await admin.close()
const client = createKafkaClient(brokers)
const engine = await s.startEngine({
  ...{ client, naming, registry: s.registryOf(topics), processors: [counter], stateDirectory: STATE },
  ...{ loadModel: s.noModels, log: (level, text) => level !== 'info' && console.error(text) },
  onFatal: (error) => console.error(error.message),
})
console.log('ready')
process.on('SIGTERM', () => void engine.stop().then(() => client.close()))
