import { buildApi } from '../api/build-api.ts'
import type { ApiPorts } from '../api/ports.ts'
import { dictionarySetting } from '../processors/recommendations/dictionary-setting.ts'
import { releasedRegistry } from '../schemas/release/registry.ts'
import { featureSets, liveTopics, routes, scoredTasks, settings, topics } from '../subjects/subjects.ts'

/** Ports with their lists only, so that neither a database nor a broker is needed. */
const ports: ApiPorts = {
  access: { mode: 'open' },
  registry: releasedRegistry,
  featureSets: featureSets.map(({ id, descriptions }) => ({ id, features: descriptions })),
  tasks: scoredTasks.map(({ task, features }) => ({ name: task, featureSet: features.id })),
  topics,
  addressOf: ({ name }) => name,
  tail: unusedPort(),
  liveTopics,
  settings,
  dictionary: dictionarySetting,
  database: unusedPort(),
  policies: unusedPort(),
  modelLife: unusedPort(),
  metrics: unusedPort(),
  topology: [],
  processName: '',
  redrive: unusedPort(),
  recommender: unusedPort(),
  hashedNames: unusedPort(),
  onlineFeatures: unusedPort(),
  personalData: unusedPort(),
  mergeCustomers: unusedPort(),
  reviews: unusedPort(),
  webhookSecret: unusedPort(),
  publish: unusedPort(),
  subscribe: unusedPort(),
  model: unusedPort(),
  analyseTurn: unusedPort(),
  testChannel: unusedPort(),
  globalsAsOf: unusedPort(),
  readiness: unusedPort(),
  simulatedClock: unusedPort(),
  logError: unusedPort(),
  hosts: undefined,
  pageDirectory: '/nowhere',
}

interface Operation {
  readonly parameters?: readonly object[]
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, object>> }>>
  readonly 'x-messages'?: Readonly<Record<string, object>>
}

export interface Description {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  /** Operations by path and method. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

/** Returns the OpenAPI document that the API serves at /openapi.json. */
export async function describeApi(): Promise<Description> {
  const server = await buildApi(ports, routes)
  try {
    await server.ready()
    return server.swagger() as unknown as Description
  } finally {
    await server.close()
  }
}

/** Returns a stub of a port that throws on any use. */
function unusedPort<Port extends object>(): Port {
  const refuse = (): never => {
    throw new Error('The API is described, not served: its ports are not used.')
  }
  return new Proxy(refuse, { get: refuse, apply: refuse }) as unknown as Port
}
