/** The API on its own database; the test plays the rest of the platform. */
import type { Roles } from '../../api/access/roles.ts'
import type { RequiredAccess } from '../../api/access/settings.ts'
import { buildApi } from '../../api/build-api.ts'
import { createMetrics } from '../../api/operations/metrics.ts'
import type { ApiPorts, LiveEvent, OriginalRecord } from '../../api/ports.ts'
import { hostsFor } from '../../api/http/security.ts'
import type { Server } from '../../api/http/server.ts'
import { turnAnalyser } from '../../composition/api/analyse-turn.ts'
import { dictionarySetting } from '../../processors/recommendations/dictionary-setting.ts'
import { featureSets, liveTopics, processors, routes, scoredTasks, settings, topics } from '../../subjects/subjects.ts'
import { mergeCustomers } from '../../composition/customers/merge-customers.ts'
import { personalDataPort } from '../../composition/personal-data/personal-data-port.ts'
import { topologyOf } from '../../composition/topology.ts'
import { reviews } from '../../composition/visits/reviews.ts'
import { hashedNames } from '../../composition/hashed-names.ts'
import { modelLifePort } from '../../composition/models/model-life-port.ts'
import { policiesPort } from '../../composition/visits/policies/policies-port.ts'
import { tryPolicy } from '../../composition/visits/policies/trial.ts'
import { recommenderOf } from '../../composition/api/recommender.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import type { Topic } from '../../schemas/topic.ts'
import { openDatabase, type Database } from '../../store/database.ts'
import { noGlobals } from '../../streams/replay/replay.ts'
import { migratedDatabase } from '../support/services.ts'

export interface ApiUnderTest {
  readonly server: Server
  readonly database: Database
  readonly published: { readonly topic: Topic; readonly events: readonly Envelope[] }[]
  /** Records of dead letters that were sent again. */
  readonly redriven: readonly OriginalRecord[]
  readonly errors: string[]
  /** Returns the number of clients of the live feed. */
  listeners(): number
  emit(event: LiveEvent): void
  close(): Promise<void>
}

/** Access by key, without a limit of requests. */
export function requiredAccess(roles: Roles, changes: Partial<RequiredAccess> = {}): RequiredAccess {
  return { mode: 'required', roles, requestsPerMinute: 0, origins: [], ...changes }
}

export async function apiUnderTest(overrides: Partial<ApiPorts> = {}): Promise<ApiUnderTest> {
  const { url, drop } = await migratedDatabase()
  const database = openDatabase({ url, poolMax: 4 })
  const asked = overrides.database ?? database
  const published: { topic: Topic; events: readonly Envelope[] }[] = []
  const redriven: OriginalRecord[] = []
  const errors: string[] = []
  const listeners = new Set<(event: LiveEvent) => void>()
  const server = await buildApi(
    {
      access: { mode: 'open' },
      database,
      registry: releasedRegistry,
      metrics: createMetrics(),
      topology: topologyOf(processors),
      processName: 'test:1',
      featureSets: featureSets.map(({ id, descriptions }) => ({ id, features: descriptions })),
      tasks: scoredTasks.map(({ task, features }) => ({ name: task, featureSet: features.id })),
      topics,
      addressOf: ({ name }) => `test.${name}`,
      async *tail() {},
      settings,
      liveTopics,
      dictionary: dictionarySetting,
      modelLife: modelLifePort(asked, undefined),
      policies: policiesPort(
        asked,
        (request) => tryPolicy(asked, request),
        () => noGlobals,
      ),
      publish(topic, events) {
        published.push({ topic, events })
        return Promise.resolve(events.map((_, offset) => ({ partition: 0, offset })))
      },
      redrive(record) {
        redriven.push(record)
        return Promise.resolve()
      },
      subscribe(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      model: (task) => `No model is released for ${task} yet.`,
      recommender: recommenderOf(() => noGlobals),
      simulatedClock: () => undefined,
      hashedNames,
      testChannel: () => Promise.resolve(undefined),
      onlineFeatures: {
        of: () => undefined,
        state: () => ({ isComplete: true, asOf: undefined, behind: 0 }),
        sets: new Map(),
      },
      personalData: personalDataPort(asked, noLines),
      mergeCustomers: (request) => mergeCustomers(asked, request),
      reviews,
      webhookSecret: () => undefined,
      analyseTurn: turnAnalyser(() => noGlobals),
      globalsAsOf: () => Date.now(),
      readiness: () => Promise.resolve([{ part: 'kafka', ready: true, reason: null }]),
      logError: (message) => void errors.push(message),
      hosts: hostsFor('127.0.0.1'),
      pageDirectory: '/nowhere',
      ...overrides,
    },
    routes,
  )
  await server.ready()
  return {
    server,
    database,
    published,
    redriven,
    errors,
    listeners: () => listeners.size,
    emit: (event) => listeners.forEach((listener) => listener(event)),
    async close() {
      await server.close()
      await database.destroy()
      await drop()
    },
  }
}

async function* noLines(): AsyncGenerator<never> {}
